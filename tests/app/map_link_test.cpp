// The maps of a race with one dot and one view, and what keeps them apart.

#include "app/gui/map/map_link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class LinkedMaps : public testing::Test {
  protected:
    LinkedMaps() {
        for (ViewState* each : {&first, &second}) each->fit_to(3);
    }
    void follow(bool on = true) { link.follow({&first, &second}, in_hand, on); }

    ViewState first, second;
    std::size_t in_hand = 0;
    MapLink link;
};

TEST_F(LinkedMaps, HaveOneDotWhicheverItIsMovedIn) {
    follow();
    first.put_dot_and_plane({1, 2, 3});
    follow();
    EXPECT_EQ(second.cursor, (std::vector<float>{1, 2, 3}));
    EXPECT_EQ(second.anchor, second.cursor) << "the other latents of its map, too";
    second.put_dot({4, 5, 3});
    follow();
    EXPECT_EQ(first.cursor, (std::vector<float>{4, 5, 3}));
    follow();
    EXPECT_EQ(second.cursor, first.cursor) << "nothing leads back";
}

TEST_F(LinkedMaps, ArePannedAndFittedTogether) {
    follow();
    second.rect = {0.5, -0.25, 2.0};
    second.follow_fit = false;
    follow();
    EXPECT_EQ(first.rect, second.rect);
    EXPECT_FALSE(first.follow_fit);
    first.follow_fit = true;
    first.rect = {0.0, 0.0, 9.0};  // its points lie far out
    follow();
    EXPECT_TRUE(second.follow_fit);
    EXPECT_EQ(second.rect.half_height, 2.0) << "each view fits the points of its own run";
}

TEST_F(LinkedMaps, LeaveToEachRunWhatFollowsIt) {
    follow();
    first.cursor = {0.1f, 0, 0};  // the middle of its codes
    second.x_axis = 2;            // its most active latent
    second.rect.half_height = 7.0;
    follow();
    EXPECT_EQ(second.cursor, (std::vector<float>(3, 0.0f)));
    EXPECT_EQ(first.x_axis, 0);
    EXPECT_EQ(first.rect.half_height, 3.5);
    second.put_on_axis(1, false);
    follow();
    EXPECT_EQ(first.x_axis, 1) << "an axis that was chosen is chosen for both";
    EXPECT_FALSE(first.axes_follow);
}

TEST_F(LinkedMaps, BeginWithTheRunInHand) {
    first.put_dot({1, 1, 1});
    second.put_dot({2, 2, 2});
    in_hand = 1;
    follow();
    EXPECT_EQ(first.cursor, second.cursor);
    EXPECT_EQ(first.cursor.front(), 2.0f);
}

TEST_F(LinkedMaps, AreOnTheirOwnWhileItIsOff) {
    follow();
    follow(false);
    first.put_dot({1, 1, 1});
    follow(false);
    EXPECT_EQ(second.cursor, std::vector<float>(3, 0.0f));
    follow();
    EXPECT_EQ(second.cursor, first.cursor);
}

TEST_F(LinkedMaps, KeepAViewOfTheUnitSquareApart) {
    follow();
    first.paper_view = true;
    first.rect = {0.5, 0.5, 0.6};
    first.follow_fit = false;
    first.put_dot({1, 1, 1});
    follow();
    EXPECT_EQ(second.rect, MapRect{});
    EXPECT_TRUE(second.follow_fit);
    EXPECT_EQ(second.cursor, first.cursor) << "the dot is a z in both";
}

TEST(LinkedRace, IsOnWhereBothHaveAsManyLatentsAndSwitchedOffInTheBar) {
    WholeWindow window{1600, 1000, 1.0f};
    RunConfig rival = test::tiny_config();
    rival.step_size = 0.02;
    window.begin(test::tiny_config(), test::tiny_dataset(), rival);
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.becomes([&] { return window.runs.run(1).state->snapshot != nullptr; }));
    window.frame();
    EXPECT_EQ(window.shown["race.link"].value, "on");
    ViewState &first = window.runs.run(0).view_state, &second = window.runs.run(1).view_state;
    first.put_dot({0.5f, -0.5f});
    window.frame();
    EXPECT_EQ(second.cursor, first.cursor);
    ASSERT_TRUE(window.click("race.link"));
    EXPECT_EQ(window.shown["race.link"].value, "off");
    first.put_dot({1.0f, 1.0f});
    window.frame();
    EXPECT_EQ(second.cursor.front(), 0.5f);
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(LinkedRace, IsOffAndSaysWhyWhereTheLatentsDiffer) {
    WholeWindow window{1600, 1000, 1.0f};
    RunConfig rival = test::tiny_config();
    rival.latents = 3;
    window.begin(test::tiny_config(), test::tiny_dataset(), rival);
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.becomes([&] { return window.runs.run(1).state->snapshot != nullptr; }));
    window.runs.run(0).view_state.put_dot({1.0f, 1.0f});
    window.frame();
    window.frame();
    EXPECT_EQ(window.shown["race.link"].value, "disabled");
    EXPECT_EQ(window.runs.run(1).view_state.cursor.size(), 3u);
    EXPECT_TRUE(window.runs.run(1).view_state.dot_follows);
    std::string why;
    window.with_actions([&](const WindowActions& actions, Workspace&) {
        for (const WindowAction& each : actions)
            if (each.id == "race.link") why = each.why_not;
    });
    EXPECT_THAT(why, testing::HasSubstr("2 and 3 latents"));
}

}  // namespace
}  // namespace elbow::gui
