// Where panels lie: they fill the space without overlapping, at every size and scale.

#include "app/gui/layout_places.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <sstream>

#include "app/gui/layout_json.h"
#include "tests/app/sample_layouts.h"

namespace elbow::gui {
namespace {

LayoutPlaces places_in(const Layout& layout, const Area& space, float scale) {
    return layout_places(layout, space, scale, sample_sizes());
}

Area area_of(const LayoutPlaces& places, const char* panel) {
    const GroupPlace* place = place_of(places, panel);
    return place == nullptr ? Area{} : place->area;
}

const SplitterPlace& splitter_of(const LayoutPlaces& places, const std::string& before) {
    for (const SplitterPlace& splitter : places.splitters) {
        if (splitter.before == before) return splitter;
    }
    ADD_FAILURE() << "no splitter before " << before;
    return places.splitters.front();
}

bool share_pixels(const Area& a, const Area& b) {
    constexpr float kTolerance = 0.01f;
    return a.x < b.right() - kTolerance && b.x < a.right() - kTolerance &&
           a.y < b.bottom() - kTolerance && b.y < a.bottom() - kTolerance;
}

void expect_sound(const LayoutPlaces& places, const Area& space, const std::string& where) {
    std::vector<Area> all;
    for (const GroupPlace& place : places.groups) all.push_back(place.area);
    for (const SplitterPlace& splitter : places.splitters) all.push_back(splitter.area);
    float covered = 0.0f;
    for (const Area& area : all) {
        EXPECT_GE(area.width, 0.0f) << where;
        EXPECT_GE(area.height, 0.0f) << where;
        EXPECT_GE(area.x, space.x - 0.01f) << where;
        EXPECT_GE(area.y, space.y - 0.01f) << where;
        EXPECT_LE(area.right(), space.right() + 0.01f) << where;
        EXPECT_LE(area.bottom(), space.bottom() + 0.01f) << where;
        covered += area.width * area.height;
    }
    EXPECT_NEAR(covered / (space.width * space.height), 1.0f, 1e-3f) << where;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(share_pixels(all[i], all[j])) << where << " " << i << " and " << j;
    }
}

struct Fractions {
    float left = 0.19f, right = 0.22f, bottom = 0.36f, curves = 0.45f, samples = 0.73f,
          strip = 0.16f;
};

Layout layout_of(const Fractions& f) {
    Layout layout = sample_layout();
    split_before(layout, "map")->share.fraction = f.left;
    split_before(layout, "inspector")->share.fraction = f.right;
    split_before(layout, "curves")->share.fraction = f.bottom;
    split_before(layout, "reconstructions")->share.fraction = f.curves;
    split_before(layout, "prior")->share.fraction = 1.0f - f.samples;
    split_before(layout, "interpolation")->share.fraction = f.strip;
    return layout;
}

// The window before it had a tree, which placed seven panels by six fractions.
class SevenPanels {
  public:
    SevenPanels(const Fractions& f, const Area& space, float scale) {
        const float gap = std::min(7 * scale, 0.05f * std::min(space.width, space.height));
        const auto columns = divide(space.width - 2 * gap, f.left * space.width,
                                    f.right * space.width, {236 * scale, 260 * scale, 210 * scale});
        const auto rows = divide(space.height - 2 * gap, f.strip * space.height,
                                 f.bottom * space.height, {92 * scale, 170 * scale, 140 * scale});
        const float centre = space.x + columns[0] + gap, right = centre + columns[1] + gap;
        const float strip = space.y + rows[1] + gap, bottom = strip + rows[0] + gap;
        const float width = space.right() - centre;
        const float each = 150 * scale;
        const auto row =
            divide(width - 2 * gap, f.curves * width, (1 - f.samples) * width, {each, each, each});
        const float second = centre + row[0] + gap;
        areas = {{"controls", {space.x, space.y, columns[0], space.height}},
                 {"map", {centre, space.y, columns[1], rows[1]}},
                 {"interpolation", {centre, strip, columns[1], rows[0]}},
                 {"inspector", {right, space.y, columns[2], strip + rows[0] - space.y}},
                 {"curves", {centre, bottom, row[0], rows[2]}},
                 {"reconstructions", {second, bottom, row[1], rows[2]}},
                 {"prior", {second + row[1] + gap, bottom, row[2], rows[2]}}};
    }
    std::vector<std::pair<const char*, Area>> areas;

  private:
    static std::array<float, 3> divide(float available, float first_wish, float third_wish,
                                       std::array<float, 3> least) {
        const float needed = std::accumulate(least.begin(), least.end(), 0.0f);
        if (needed > available)
            for (float& each : least) each *= available / needed;
        const float first =
            std::clamp(first_wish, least[0], std::max(least[0], available - least[1] - least[2]));
        const float third =
            std::clamp(third_wish, least[2], std::max(least[2], available - first - least[1]));
        return {first, std::max(0.0f, available - first - third), third};
    }
};

void expect_as_before(const Fractions& f, const Area& space, float scale) {
    const LayoutPlaces places = places_in(layout_of(f), space, scale);
    for (const auto& [panel, area] : SevenPanels(f, space, scale).areas) {
        const Area found = area_of(places, panel);
        std::ostringstream where;
        where << panel << " in " << space.width << " x " << space.height << " at " << scale;
        EXPECT_NEAR(found.x, area.x, 0.02f) << where.str();
        EXPECT_NEAR(found.y, area.y, 0.02f) << where.str();
        EXPECT_NEAR(found.right(), area.right(), 0.02f) << where.str();
        EXPECT_NEAR(found.bottom(), area.bottom(), 0.02f) << where.str();
    }
}

TEST(LayoutPlaces, AreThoseOfTheWindowBeforeItHadATree) {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> any(0.0f, 1.0f);
    for (const float scale : {0.75f, 1.0f, 2.0f}) {
        for (const auto& [width, height] : {std::pair{1586.0f, 953.0f},
                                            {886.0f, 553.0f},
                                            {1572.0f, 906.0f},
                                            {3172.0f, 1906.0f},
                                            {700.0f, 400.0f},
                                            {300.0f, 200.0f}}) {
            const Area space{7, 40, width, height};
            expect_as_before({}, space, scale);
            for (int i = 0; i < 40; ++i) {
                expect_as_before(
                    {any(random), any(random), any(random), any(random), any(random), any(random)},
                    space, scale);
            }
        }
    }
}

TEST(LayoutPlaces, SettingsFromBeforeTheTreeGiveTheSamePicture) {
    const Fractions f{0.25f, 0.3f, 0.3f, 0.4f, 0.65f, 0.2f};
    const Area space{7, 40, 1586, 953};
    const Layout layout = layout_of_fractions(*parse_json(
        R"({"left_width": 0.25, "right_width": 0.3, "bottom_height": 0.3, "bottom_first": 0.4,
            "bottom_second": 0.65, "strip_height": 0.2})"));
    const LayoutPlaces places = places_in(layout, space, 1.0f);
    for (const auto& [panel, area] : SevenPanels(f, space, 1.0f).areas) {
        EXPECT_NEAR(area_of(places, panel).x, area.x, 0.02f) << panel;
        EXPECT_NEAR(area_of(places, panel).bottom(), area.bottom(), 0.02f) << panel;
    }
}

TEST(LayoutPlaces, FillEverySpaceWithoutOverlaps) {
    std::mt19937 random(11);
    Layout layout = sample_layout();
    const std::vector<std::string> names = panels_of(layout);
    for (int i = 0; i < 60; ++i) {
        Spot spot{{names[random() % names.size()]}, {}, {0.02f * (random() % 50)}, {}};
        if (random() % 4 > 0) spot.side = static_cast<Side>(random() % 4);
        if (random() % 2 > 0) spot.share.of = ShareOf::kRow;
        move_panel(layout, names[random() % names.size()], spot);
        for (const float scale : {0.75f, 1.0f, 3.0f}) {
            for (const auto& [width, height] :
                 {std::pair{900.0f, 560.0f}, {3840.0f, 2100.0f}, {300.0f, 200.0f}, {5.0f, 3.0f}}) {
                const Area space{7, 40, width, height};
                std::ostringstream where;
                where << text_of_layout(layout) << " in " << width << "x" << height << " at "
                      << scale;
                expect_sound(places_in(layout, space, scale), space, where.str());
            }
        }
    }
}

TEST(LayoutPlaces, GiveTheMapTheMostRoomByDefault) {
    const LayoutPlaces places = places_in(sample_layout(), {7, 40, 1586, 953}, 1.0f);
    const Area map = area_of(places, "map");
    for (const GroupPlace& place : places.groups) {
        if (place.front_panel() == "map") continue;
        EXPECT_GT(map.width * map.height, place.area.width * place.area.height)
            << place.front_panel();
    }
}

TEST(LayoutPlaces, StayUsableInASmallWindowAndAtTwiceTheScale) {
    for (const auto& [space, scale] :
         {std::pair{Area{7, 40, 886, 553}, 1.0f}, {Area{14, 80, 1572, 906}, 2.0f}}) {
        for (const GroupPlace& place : places_in(sample_layout(), space, scale).groups) {
            EXPECT_GE(place.area.width, 130.0f * scale);
            EXPECT_GE(place.area.height, 80.0f * scale);
        }
    }
}

TEST(LayoutPlaces, AGroupIsAsLargeAsItsLargestPanelNeeds) {
    Layout layout =
        split_layout(Side::kLeft, {0.0f}, tab_group({"prior", "controls"}), tab_group({"curves"}));
    const LayoutPlaces places = places_in(layout, {0, 0, 1600, 900}, 2.0f);
    EXPECT_NEAR(area_of(places, "prior").width, 2 * 236.0f, 0.01f);
    remove_panel(layout, "controls");
    EXPECT_NEAR(area_of(places_in(layout, {0, 0, 1600, 900}, 2.0f), "prior").width, 2 * 150.0f,
                0.01f);
}

TEST(LayoutPlaces, ASplitterFollowsTheMouseAndStopsAtTheLeastSize) {
    const Area space{0, 0, 1600, 960};
    const Layout defaults = sample_layout();
    for (const SplitterPlace& first : places_in(defaults, space, 1.0f).splitters) {
        const std::string name = first.before;
        Layout layout = defaults;
        const auto now = [&] { return splitter_of(places_in(layout, space, 1.0f), name); };
        const auto where = [&] { return first.upright ? now().area.x : now().area.y; };
        const auto drag = [&](float delta) { drag_splitter(layout, now(), delta); };
        const float before = where();
        drag(12.0f);
        EXPECT_NEAR(where(), before + 12.0f, 0.1f) << name;
        drag(-12.0f);
        EXPECT_NEAR(where(), before, 0.1f) << name;
        drag(5000.0f);
        const float at_limit = where();
        drag(5000.0f);
        EXPECT_NEAR(where(), at_limit, 0.1f) << name;
        drag(-10.0f);
        EXPECT_NEAR(where(), at_limit - 10.0f, 0.1f) << "comes back at once: " << name;
        reset_splitter(layout, now(), defaults);
        EXPECT_NEAR(where(), before, 0.1f) << name;
    }
}

TEST(LayoutPlaces, ASplitterThatTheDefaultLacksIsResetToTheMiddle) {
    Layout layout = sample_layout();
    move_panel(layout, "curves", {{"inspector"}, Side::kRight, {0.1f}, {}});
    const Area space{0, 0, 3200, 960};
    reset_splitter(layout, splitter_of(places_in(layout, space, 1.0f), "curves"), sample_layout());
    const SplitterPlace halved = splitter_of(places_in(layout, space, 1.0f), "curves");
    EXPECT_NEAR(halved.first_px, halved.second_px, 0.5f);
}

}  // namespace
}  // namespace elbow::gui
