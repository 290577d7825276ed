// The points of the path: put, put between, taken away, and drawn.

#include "app/gui/waypoints.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

using Z = std::vector<float>;

ViewState with_waypoints() {
    ViewState view_state;
    view_state.fit_to(2);
    view_state.put_a({0, 0});
    view_state.path_through = {{1, 0}, {2, 0}};
    view_state.put_b({3, 0});
    return view_state;
}

TEST(PathWaypoints, AreNamedInTheirOrder) {
    const ViewState view_state = with_waypoints();
    ASSERT_EQ(waypoint_count(view_state), 4u);
    EXPECT_EQ(path_waypoints(view_state), (std::vector<Z>{{0, 0}, {1, 0}, {2, 0}, {3, 0}}));
    std::string names;
    for (std::size_t i = 0; i < 4; ++i) {
        names += waypoint_name(view_state, i);
        EXPECT_EQ(waypoint_at(view_state, i)[0], static_cast<float>(i));
    }
    EXPECT_EQ(names, "A12B");
    EXPECT_EQ(waypoint_words(view_state, 1), "waypoint 1");
    EXPECT_EQ(waypoint_words(view_state, 3), "B");
}

TEST(PathWaypoints, ArePutWhereTheyBelong) {
    ViewState view_state = with_waypoints();
    insert_waypoint(view_state, 1, {1.5f, 0});
    EXPECT_EQ(path_waypoints(view_state),
              (std::vector<Z>{{0, 0}, {1, 0}, {1.5f, 0}, {2, 0}, {3, 0}}));
    insert_waypoint(view_state, 4, {9, 9});
    EXPECT_EQ(view_state.path_to, (Z{9, 9}));
    EXPECT_EQ(view_state.path_through.back(), (Z{3, 0}));
    put_waypoint(view_state, 0, {-1, 0});
    put_waypoint(view_state, 2, {1.6f, 0});
    EXPECT_EQ(view_state.path_from, (Z{-1, 0}));
    EXPECT_EQ(view_state.path_through[1], (Z{1.6f, 0}));
}

TEST(PathWaypoints, OfAnEndThatIsRemovedTheNextTakesThePlace) {
    ViewState view_state = with_waypoints();
    remove_waypoint(view_state, 0);
    EXPECT_EQ(path_waypoints(view_state), (std::vector<Z>{{1, 0}, {2, 0}, {3, 0}}));
    remove_waypoint(view_state, 2);
    EXPECT_EQ(path_waypoints(view_state), (std::vector<Z>{{1, 0}, {2, 0}}));
    EXPECT_NE(why_not_removed(view_state).find("two points at the least"), std::string::npos);
    remove_waypoint(view_state, 1);
    EXPECT_EQ(waypoint_count(view_state), 2u);
    view_state = with_waypoints();
    EXPECT_EQ(why_not_removed(view_state), "");
    remove_waypoint(view_state, 2);
    EXPECT_EQ(path_waypoints(view_state), (std::vector<Z>{{0, 0}, {1, 0}, {3, 0}}));
}

TEST(PathWaypoints, FollowThePersonAndNotTheRun) {
    ViewState view_state;
    view_state.fit_to(2);
    EXPECT_TRUE(view_state.path_follows);
    insert_waypoint(view_state, 0, {1, 1});
    EXPECT_FALSE(view_state.path_follows);
    ViewState swapped = with_waypoints();
    swapped.swap_path();
    EXPECT_EQ(path_waypoints(swapped), (std::vector<Z>{{3, 0}, {2, 0}, {1, 0}, {0, 0}}));
    swapped.path_closed = true;
    swapped.reset_path();
    EXPECT_TRUE(swapped.path_through.empty());
    EXPECT_FALSE(swapped.path_closed);
    ViewState other = with_waypoints();
    other.fit_to(3);
    EXPECT_TRUE(other.path_through.empty()) << "of another number of latents";
}

TEST(PathWaypoints, AtOnePlaceAreOnePoint) {
    ViewState view_state = with_waypoints();
    EXPECT_FALSE(is_one_place(view_state));
    view_state.path_to = view_state.path_from;
    EXPECT_FALSE(is_one_place(view_state)) << "there and back";
    view_state.path_through = {view_state.path_from};
    EXPECT_TRUE(is_one_place(view_state));
}

TEST(PathWaypoints, ALineIsThinnedToItsCorners) {
    std::vector<PlanePoint> line;
    for (int i = 0; i <= 20; ++i) line.push_back({0.1 * i, 0.001 * (i % 2)});
    for (int i = 1; i <= 20; ++i) line.push_back({2.0, 0.1 * i});
    const std::vector<PlanePoint> few = thinned(line, 0.05);
    ASSERT_EQ(few.size(), 3u);
    EXPECT_NEAR(few[1].x, 2.0, 1e-9);
    EXPECT_NEAR(few[1].y, 0.0, 0.01);
}

TEST(PathWaypoints, ADrawnPathHoldsTheOtherLatentsAtTheAnchor) {
    ViewState view_state;
    view_state.fit_to(3);
    view_state.anchor = {0, 0, 5};
    std::vector<PlanePoint> zigzag;
    zigzag.reserve(60);
    for (int i = 0; i < 60; ++i) zigzag.push_back({0.1 * i, i % 2 == 0 ? 1.0 : -1.0});
    put_drawn_path(view_state, zigzag, 0.01, false);
    EXPECT_LE(waypoint_count(view_state), kMostDrawn);
    for (const Z& z : path_waypoints(view_state)) EXPECT_EQ(z[2], 5.0f);
    EXPECT_EQ(view_state.path_kind, explore::PathKind::kSmooth);
    view_state.path_kind = explore::PathKind::kGeodesic;
    put_drawn_path(view_state, zigzag, 0.01, false);
    EXPECT_EQ(view_state.path_kind, explore::PathKind::kGeodesic) << "as it was chosen";
}

TEST(StripOfThePath, ADragAlongItMovesTheDot) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ViewState& seen = window.runs.in_hand().view_state;
    seen.put_a({-1.0f, 0.5f});
    seen.put_b({1.0f, -0.5f});
    seen.follow_fit = false;
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("strip.frames") > 0; }));
    const LayoutLog::Rect strip = window.shown["strip.frames"];
    const float middle = strip.y + 0.5f * strip.height;
    ASSERT_TRUE(window.carry("strip.frames", {strip.x + 0.25f * strip.width, middle}));
    const double before = (seen.cursor[0] + 1.0) / 2.0;
    EXPECT_NEAR(seen.cursor[1], -0.5 * seen.cursor[0], 1e-5) << "it is on the path";
    EXPECT_NEAR(before, 0.25, 0.03);
    window.let_go({strip.x - 50.0f, middle});
    EXPECT_NEAR(seen.cursor[0], -1.0 + 2.0 * before, 1e-5) << "the hand has let go";
}

}  // namespace
}  // namespace elbow::gui
