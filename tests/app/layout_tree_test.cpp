// The arrangement of the panels as a value: what moves where, and what is left behind.

#include "app/gui/layout_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/app/sample_layouts.h"

namespace elbow::gui {
namespace {

constexpr const char* kDefault =
    "(controls | (((map / interpolation) | inspector) / (curves | (reconstructions | prior))))";

std::string after_move(const std::string& panel, const Spot& spot) {
    Layout layout = sample_layout();
    move_panel(layout, panel, spot);
    return text_of_layout(layout);
}

TEST(LayoutTree, HomesMakeTheDefaultInWhateverOrderTheyCome) {
    EXPECT_EQ(text_of_layout(sample_layout()), kDefault);
    std::vector<PanelHome> homes = sample_homes();
    std::mt19937 random(1);
    for (int i = 0; i < 50; ++i) {
        std::shuffle(homes.begin() + 1, homes.end(), random);
        const Layout layout = completed({}, homes);
        EXPECT_EQ(panels_of(layout).size(), homes.size());
    }
}

TEST(LayoutTree, AMissingPanelGoesHomeAndAnUnknownOneIsDropped) {
    Layout layout = sample_layout();
    remove_panel(layout, "curves");
    remove_panel(layout, "inspector");
    remove_panel(layout, "interpolation");
    put_panel(layout, "from_the_future", {{"map"}, Side::kLeft, {}, {}});
    EXPECT_EQ(text_of_layout(layout),
              "(controls | ((from_the_future | map) / (reconstructions | prior)))");
    EXPECT_EQ(text_of_layout(completed(layout, sample_homes())), kDefault);
}

TEST(LayoutTree, ACompleteLayoutStaysAsItIs) {
    Layout layout = sample_layout();
    move_panel(layout, "controls", {{"prior"}, {}, {}, {}});
    split_before(layout, "inspector")->share.fraction = 0.4f;
    EXPECT_TRUE(completed(layout, sample_homes()) == layout);
}

TEST(LayoutTree, APanelWhoseNeighboursAreScatteredGoesBesideThePartThatHoldsThem) {
    Layout layout = sample_layout();
    move_panel(layout, "interpolation", {{"prior"}, Side::kRight, {}, {}});
    remove_panel(layout, "inspector");
    EXPECT_EQ(text_of_layout(completed(layout, sample_homes())),
              "(controls | ((map / (curves | (reconstructions | (prior | interpolation)))) | "
              "inspector))");
}

TEST(LayoutTree, APanelAtHomeInATabStaysBehindTheOneInFront) {
    std::vector<PanelHome> homes = sample_homes();
    homes.push_back({"shapes", {{"curves"}, {}, {}, "curves"}});
    const Layout layout = completed({}, homes);
    EXPECT_EQ(text_of_layout(*group_of(layout, "shapes")), "shapes,curves*");
}

TEST(LayoutTree, ATabGoesBeforeAnotherOrLast) {
    EXPECT_EQ(after_move("curves", {{"prior"}, {}, {}, {}}),
              "(controls | (((map / interpolation) | inspector) / (reconstructions | "
              "prior,curves*)))");
    EXPECT_EQ(after_move("curves", {{"prior"}, {}, {}, "prior"}),
              "(controls | (((map / interpolation) | inspector) / (reconstructions | "
              "curves*,prior)))");
}

TEST(LayoutTree, APanelMovesToAnEdgeOfAGroupOrOfTheWindow) {
    EXPECT_EQ(after_move("curves", {{"inspector"}, Side::kBelow, {}, {}}),
              "(controls | (((map / interpolation) | (inspector / curves)) / (reconstructions | "
              "prior)))");
    EXPECT_EQ(after_move("curves", {{}, Side::kRight, {}, {}}),
              "((controls | (((map / interpolation) | inspector) / (reconstructions | prior))) | "
              "curves)");
    EXPECT_EQ(after_move("map", {{"controls"}, Side::kAbove, {}, {}}),
              "((map / controls) | ((interpolation | inspector) / (curves | (reconstructions | "
              "prior))))");
}

TEST(LayoutTree, ANewPartHasTheShareAndItsNeighbourTheRest) {
    Layout layout = sample_layout();
    move_panel(layout, "curves", {{"map"}, Side::kLeft, {0.3f, ShareOf::kRow}, {}});
    const Layout* split = split_before(layout, "map");
    ASSERT_NE(split, nullptr);
    EXPECT_TRUE(split->share == (Share{0.3f, ShareOf::kRow}));
    EXPECT_FALSE(split->second_sized);
    EXPECT_EQ(text_of_layout(*split), "(curves | map)");
}

TEST(LayoutTree, APanelStaysWhereItWouldLieBesideItselfAlone) {
    const Spot beside_itself{{"curves"}, Side::kBelow, {}, {}};
    EXPECT_EQ(after_move("curves", beside_itself), kDefault);
    EXPECT_EQ(after_move("curves", {{"nowhere"}, Side::kBelow, {}, {}}), kDefault);
    Layout alone = tab_group({"map"});
    move_panel(alone, "map", {{}, Side::kLeft, {}, {}});
    EXPECT_EQ(text_of_layout(alone), "map");
}

TEST(LayoutTree, ATabLeavesItsGroupForAnEdgeOfIt) {
    Layout layout = tab_group({"a", "b", "c"}, 1);
    move_panel(layout, "b", {{"a", "b", "c"}, Side::kBelow, {}, {}});
    EXPECT_EQ(text_of_layout(layout), "(a,c* / b)");
}

TEST(LayoutTree, TabsAreReorderedWithinTheirGroup) {
    Layout layout = tab_group({"a", "b", "c"}, 0);
    move_panel(layout, "c", {{"a", "b"}, {}, {}, "a"});
    EXPECT_EQ(text_of_layout(layout), "c*,a,b");
    move_panel(layout, "c", {{"a", "b"}, {}, {}, "b"});
    EXPECT_EQ(text_of_layout(layout), "a,c*,b");
    bring_to_front(layout, "b");
    move_panel(layout, "a", {{"b"}, {}, {}, {}});
    EXPECT_EQ(text_of_layout(layout), "c,b,a*");
}

TEST(LayoutTree, TheOneInFrontStaysWhileOthersGo) {
    const auto without = [](std::size_t front, const char* gone) {
        Layout layout = tab_group({"a", "b", "c"}, front);
        remove_panel(layout, gone);
        return text_of_layout(layout);
    };
    EXPECT_EQ(without(1, "a"), "b*,c");
    EXPECT_EQ(without(1, "c"), "a,b*");
    EXPECT_EQ(without(1, "b"), "a,c*");
    EXPECT_EQ(without(0, "a"), "b*,c");
    EXPECT_EQ(without(2, "c"), "a,b*");
}

TEST(LayoutTree, EachSplitGoesByThePanelThatFollowsIt) {
    const Layout layout = sample_layout();
    std::set<const Layout*> splits;
    for (const char* panel :
         {"map", "interpolation", "inspector", "curves", "reconstructions", "prior"})
        splits.insert(split_before(layout, panel));
    EXPECT_EQ(splits.size(), 6U);
    EXPECT_EQ(splits.count(nullptr), 0U);
    EXPECT_EQ(split_before(layout, "controls"), nullptr);
    EXPECT_EQ(split_before(tab_group({"map"}), "map"), nullptr);
}

// Whatever a hand does: each panel is there once, and no part is empty.
void expect_whole(const Layout& layout, std::size_t panels) {
    const std::vector<std::string> all = panels_of(layout);
    EXPECT_EQ(all.size(), panels);
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), panels);
    const auto check = [](const Layout& part, const auto& again) -> void {
        EXPECT_NE(part.is_split(), !part.panels.empty());
        EXPECT_TRUE(part.is_split() || part.front < part.panels.size());
        EXPECT_TRUE(part.parts.empty() || part.parts.size() == 2);
        for (const Layout& child : part.parts) again(child, again);
    };
    check(layout, check);
}

TEST(LayoutTree, StaysWholeUnderAThousandMoves) {
    Layout layout = sample_layout();
    const std::vector<std::string> names = panels_of(layout);
    std::mt19937 random(7);
    const auto any = [&](std::size_t count) { return random() % count; };
    for (int i = 0; i < 1000; ++i) {
        Spot spot;
        for (std::size_t n = any(3); n > 0; --n) spot.beside.push_back(names[any(names.size())]);
        if (any(3) > 0) spot.side = static_cast<Side>(any(4));
        spot.before = names[any(names.size())];
        const std::string& panel = names[any(names.size())];
        move_panel(layout, panel, spot);
        ASSERT_NO_FATAL_FAILURE(expect_whole(layout, names.size()));
    }
}

}  // namespace
}  // namespace elbow::gui
