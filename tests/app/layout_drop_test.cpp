// Where a panel would land that is carried by its title.

#include "app/gui/layout_drop.h"

#include <gtest/gtest.h>

#include "tests/app/sample_layouts.h"

namespace elbow::gui {
namespace {

class Drop : public testing::Test {
  protected:
    // What the layout would be if the panel were let go of at a fraction of a group's area.
    std::string at(const std::string& panel, const char* over, float across, float down) {
        const Area area = place_of(places(), over)->area;
        return at_px(panel, area.x + across * area.width, area.y + down * area.height);
    }
    std::string at_px(const std::string& panel, float x, float y) {
        const LayoutPlaces now = places();
        const auto spot = drop_spot({now, titles, space, 30.0f, 9.0f}, panel, x, y);
        if (!spot) return "stays";
        fraction = spot->share.fraction;
        Layout moved = layout;
        move_panel(moved, panel, *spot);
        return text_of_layout(moved);
    }
    LayoutPlaces places() const { return layout_places(layout, space, 1.0f, sample_sizes()); }

    Layout layout = split_layout(
        Side::kLeft, {0.25f}, tab_group({"controls"}),
        split_layout(Side::kBelow, {0.4f}, tab_group({"curves", "prior"}), tab_group({"map"})));
    Area space{7, 40, 1586, 953};
    std::vector<TabPlace> titles;
    float fraction = 0.0f;
};

TEST_F(Drop, AtAnEdgeSplitsTheGroup) {
    EXPECT_EQ(at("controls", "map", 0.1f, 0.5f), "((controls | map) / curves*,prior)");
    EXPECT_EQ(at("controls", "map", 0.9f, 0.5f), "((map | controls) / curves*,prior)");
    EXPECT_EQ(at("controls", "map", 0.5f, 0.9f), "((map / controls) / curves*,prior)");
    EXPECT_EQ(at("controls", "map", 0.5f, 0.2f), "((controls / map) / curves*,prior)");
    EXPECT_NEAR(fraction, 0.5f * place_of(places(), "map")->area.height / space.height, 1e-4f);
}

TEST_F(Drop, InTheMiddleIsATabAfterTheOthers) {
    EXPECT_EQ(at("controls", "map", 0.5f, 0.5f), "(map,controls* / curves*,prior)");
    EXPECT_EQ(at("map", "prior", 0.5f, 0.5f), "(controls | curves,prior,map*)");
}

TEST_F(Drop, OverTheTitlesIsATabBetweenThem) {
    const Area bar = place_of(places(), "curves")->area;
    titles = {{"curves", {bar.x, bar.y, 80, 30}}, {"prior", {bar.x + 80, bar.y, 80, 30}}};
    EXPECT_EQ(at_px("map", bar.x + 20, bar.y + 10), "(controls | map*,curves,prior)");
    EXPECT_EQ(at_px("map", bar.x + 70, bar.y + 10), "(controls | curves,map*,prior)");
    EXPECT_EQ(at_px("map", bar.x + 300, bar.y + 10), "(controls | curves,prior,map*)");
    EXPECT_EQ(at_px("curves", bar.x + 300, bar.y + 10), "(controls | (map / prior,curves*))");
    EXPECT_EQ(at_px("prior", bar.x + 20, bar.y + 10), "(controls | (map / prior*,curves))");
}

TEST_F(Drop, AlongTheBorderOfTheWindowIsBesideAllOthers) {
    EXPECT_EQ(at_px("curves", space.right() - 3, 500), "((controls | (map / prior)) | curves)");
    EXPECT_EQ(at_px("curves", 500, space.bottom() - 3), "((controls | (map / prior)) / curves)");
    EXPECT_EQ(at_px("map", space.x + 3, 500), "(map | (controls | curves*,prior))");
    EXPECT_EQ(at_px("map", 500, space.y + 3), "(map / (controls | curves*,prior))");
}

TEST_F(Drop, ATabLeavesItsGroupByTheEdgesOnly) {
    EXPECT_EQ(at("prior", "curves", 0.9f, 0.6f), "(controls | (map / (curves | prior)))");
    EXPECT_EQ(at("prior", "curves", 0.5f, 0.55f), "stays");
}

TEST_F(Drop, BesideItselfOrOutsideOfEverythingMovesNothing) {
    for (const float across : {0.1f, 0.5f, 0.9f})
        EXPECT_EQ(at("map", "map", across, 0.5f), "stays") << across;
    EXPECT_EQ(at_px("map", 800, 20), "stays") << "over the top bar";
    EXPECT_EQ(at_px("map", -1e9f, -1e9f), "stays") << "a mouse that has left the window";
    const LayoutPlaces now = places();
    const Area gap = now.splitters.front().area;
    EXPECT_EQ(at_px("map", gap.x + gap.width / 2, 500), "stays") << "over a splitter";
}

}  // namespace
}  // namespace elbow::gui
