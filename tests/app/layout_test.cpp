// Where panels lie: they fill the space without overlapping, at every size and scale.

#include "app/gui/layout.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "app/gui/layout_log.h"
#include "engine/core/file.h"
#include "engine/io/json.h"

namespace elbow::gui {
namespace {

bool overlap(const Area& a, const Area& b) {
    constexpr float kTolerance = 0.01f;
    return a.x < b.right() - kTolerance && b.x < a.right() - kTolerance &&
           a.y < b.bottom() - kTolerance && b.y < a.bottom() - kTolerance;
}

void expect_sound(const LayoutAreas& areas, const Area& space, const std::string& where) {
    std::vector<Area> all(areas.slots.begin(), areas.slots.end());
    for (const Area& area : all) {
        EXPECT_GE(area.width, 0.0f) << where;
        EXPECT_GE(area.height, 0.0f) << where;
        EXPECT_GE(area.x, space.x - 0.01f) << where;
        EXPECT_GE(area.y, space.y - 0.01f) << where;
        EXPECT_LE(area.right(), space.right() + 0.01f) << where;
        EXPECT_LE(area.bottom(), space.bottom() + 0.01f) << where;
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            EXPECT_FALSE(overlap(all[i], all[j])) << where << " " << i << " and " << j;
        }
        for (const Area& gap : areas.splitters) EXPECT_FALSE(overlap(all[i], gap)) << where;
    }
}

TEST(Layout, FillsEverySpaceWithoutOverlaps) {
    for (const float scale : {0.75f, 1.0f, 2.0f, 3.0f}) {
        for (const auto& [width, height] : {std::pair{900.0f, 560.0f},
                                            {1600.0f, 960.0f},
                                            {3840.0f, 2100.0f},
                                            {300.0f, 200.0f},
                                            {5.0f, 3.0f}}) {
            for (const float fraction : {0.0f, 0.3f, 0.5f, 1.0f}) {
                Settings settings;
                settings.left_width = settings.right_width = fraction;
                settings.bottom_height = settings.strip_height = fraction;
                settings.bottom_first = fraction;
                settings.bottom_second = 1.0f - fraction;
                const Area space{7, 40, width, height};
                std::ostringstream where;
                where << width << "x" << height << " scale " << scale << " fraction " << fraction;
                expect_sound(layout_areas(settings, space, scale), space, where.str());
            }
        }
    }
}

TEST(Layout, GivesTheMapTheMostRoomByDefault) {
    const LayoutAreas areas = layout_areas(Settings{}, {7, 40, 1586, 953}, 1.0f);
    const auto size = [&](Slot slot) { return areas.slot(slot).width * areas.slot(slot).height; };
    for (const Slot slot : {Slot::kLeft, Slot::kCentreStrip, Slot::kRight, Slot::kBottomFirst,
                            Slot::kBottomSecond, Slot::kBottomThird}) {
        EXPECT_GT(size(Slot::kCentre), size(slot));
    }
}

TEST(Layout, StaysUsableInASmallWindowAndAtTwiceTheScale) {
    for (const auto& [space, scale] :
         {std::pair{Area{7, 40, 886, 553}, 1.0f}, {Area{14, 80, 1572, 906}, 2.0f}}) {
        const LayoutAreas areas = layout_areas(Settings{}, space, scale);
        for (const Area& area : areas.slots) {
            EXPECT_GE(area.width, 130.0f * scale);
            EXPECT_GE(area.height, 80.0f * scale);
        }
    }
}

TEST(Layout, ASplitterFollowsTheMouseAndStopsAtTheMinimum) {
    const Area space{0, 0, 1600, 960};
    for (std::size_t i = 0; i < kSplitters; ++i) {
        const auto which = static_cast<Splitter>(i);
        Settings settings;
        const auto place = [&] {
            const Area gap = layout_areas(settings, space, 1.0f).splitter(which);
            return splitter_is_upright(which) ? gap.x : gap.y;
        };
        const float before = place();
        drag_splitter(settings, which, 12.0f, space, 1.0f);
        EXPECT_NEAR(place(), before + 12.0f, 0.1f) << splitter_name(which);
        drag_splitter(settings, which, -12.0f, space, 1.0f);
        EXPECT_NEAR(place(), before, 0.1f) << splitter_name(which);
        drag_splitter(settings, which, 5000.0f, space, 1.0f);
        const float at_limit = place();
        drag_splitter(settings, which, 5000.0f, space, 1.0f);
        EXPECT_NEAR(place(), at_limit, 0.1f) << splitter_name(which);
        drag_splitter(settings, which, -10.0f, space, 1.0f);
        EXPECT_NEAR(place(), at_limit - 10.0f, 0.1f)
            << "comes back at once: " << splitter_name(which);
        reset_splitter(settings, which);
        EXPECT_NEAR(place(), before, 0.1f) << splitter_name(which);
    }
}

TEST(LayoutLog, WritesTheMarkedRectanglesAsJsonAndForgetsThem) {
    const std::filesystem::path file =
        std::filesystem::path(testing::TempDir()) / "elbow-layout-log.json";
    std::filesystem::remove(file);
    LayoutLog log(file);
    log.mark("map", ImVec2(10, 20), ImVec2(110, 70), "a \"value\"");
    log.end_frame(0.0);
    const auto read = [&] { return io::parse_json(read_text_file(file)).value(); };
    EXPECT_EQ(read().at("map").at("x").number(), 10.0);
    EXPECT_EQ(read().at("map").at("height").number(), 50.0);
    EXPECT_EQ(read().at("map").at("value").string(), "a \"value\"");
    log.mark("other", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.02);
    EXPECT_TRUE(read().contains("map")) << "not more than ten times a second";
    log.mark("other", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.5);
    EXPECT_FALSE(read().contains("map"));
    EXPECT_TRUE(read().contains("other"));
    std::filesystem::remove(file);
}

TEST(LayoutLog, WithoutAFileDoesNothing) {
    LayoutLog log;
    EXPECT_FALSE(log.enabled());
    log.mark("map", ImVec2(0, 0), ImVec2(1, 1));
    log.end_frame(0.0);
}

}  // namespace
}  // namespace elbow::gui
