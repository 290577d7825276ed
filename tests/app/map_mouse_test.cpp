// What a hand does on the map: in the run that is in hand, and on the other map of a race.

#include "app/gui/map/map_mouse.h"

#include <gtest/gtest.h>

#include <cmath>

#include "app/gui/waypoints.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

const ImVec2 kMapLow{100, 50}, kMapSize{600, 600};  // the dot is at (400, 350)

class MapMouseTest : public testing::Test {
  protected:
    MapMouseTest() {
        view_state().fit_to(2);
        view_state().rect = {.x_center = 0, .y_center = 0, .half_height = 3};
        points.xy = {1, 1};
        parts.actions.take_in_hand = [this](std::size_t) { ++taken; };
        frame(1, 1, false);
    }
    ViewState& view_state() { return parts.view_state; }
    Context& context() { return parts.context; }

    void frame(float x, float y, bool down, int button = 0) {
        frames.mouse(x, y, down, button);
        frames.frame([&] {
            ImGui::SetNextWindowPos({0, 0});
            ImGui::SetNextWindowSize({1200, 800});
            ImGui::Begin("map");
            ImGui::SetCursorScreenPos(kMapLow);
            ImGui::InvisibleButton(
                "##map", kMapSize,
                ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
            mouse.interact(context(), PlaneView(view_state().rect, kMapLow, kMapSize),
                           {points, nullptr, image_at}, ImGui::IsItemHovered());
            if (mouse.asked_for_menu()) menu = mouse.asked_for_menu();
            ImGui::End();
        });
    }
    void press_and_drag(ImVec2 from, ImVec2 to, int button = 0) {
        frame(from.x, from.y, false, button);
        frame(from.x, from.y, false, button);
        for (int step = 0; step <= 4; ++step) {
            const float t = 0.25f * static_cast<float>(step);
            frame(from.x + t * (to.x - from.x), from.y + t * (to.y - from.y), true, button);
        }
        frame(to.x, to.y, false, button);
        frame(to.x, to.y, false, button);
    }
    void click(ImVec2 at, int button = 0) {
        press_and_drag(at, at, button);
        ImGui::GetIO().DeltaTime = 1.0f;  // two clicks are no double click
        frame(at.x, at.y, false, button);
        ImGui::GetIO().DeltaTime = 1.0f / 60.0f;
    }

    NullFrames frames;
    ContextParts parts;
    PlacedPoints points;
    std::function<std::optional<int>(ImVec2)> image_at;
    MapMouse mouse;
    std::optional<ImVec2> menu;
    int taken = 0;
};

TEST_F(MapMouseTest, APressOnThePlaneCallsTheDot) {
    click({500, 350});
    EXPECT_NEAR(view_state().cursor[0], 1.0, 0.02);
    EXPECT_FALSE(view_state().dot_follows);
    EXPECT_EQ(taken, 0);
}

TEST_F(MapMouseTest, APictureIsCaughtBeforeTheDotsUnderIt) {
    context().settings.points_shown = false;
    image_at = [](ImVec2 pixel) { return pixel.y > 500 ? std::optional(7) : std::nullopt; };
    click({500, 520});
    EXPECT_EQ(view_state().point, 7);
    click({500, 450});
    EXPECT_EQ(view_state().point, 7) << "beside it the dot is called";
    EXPECT_NEAR(view_state().cursor[1], -1.0, 0.02);
}

TEST_F(MapMouseTest, WithControlALineSelectsAndAClickTakesAPointInOrOut) {
    points.xy = {1, 1, -1, -1, 2, 2};
    const ViewState before = view_state();
    ImGuiIO& io = ImGui::GetIO();
    const auto with = [&](bool shift, bool alt, bool control) {
#if IMGUI_VERSION_NUM >= 18700
        io.AddKeyEvent(ImGuiMod_Ctrl, control);
        io.AddKeyEvent(ImGuiMod_Shift, shift);
        io.AddKeyEvent(ImGuiMod_Alt, alt);
#else
        io.KeyCtrl = control;
        io.KeyShift = shift;
        io.KeyAlt = alt;
#endif
    };
    const auto at = [&](double x, double y) {
        return PlaneView(view_state().rect, kMapLow, kMapSize).to_pixel({x, y});
    };
    context().settings.select_by_box = true;
    with(false, false, true);
    press_and_drag(at(0.5, 0.5), at(2.5, 2.5));
    EXPECT_EQ(view_state().selection, (std::vector<int>{0, 2}));
    with(true, false, true);
    press_and_drag(at(-1.5, -1.5), at(-0.5, -0.5));
    EXPECT_EQ(view_state().selection, (std::vector<int>{0, 1, 2}));
    with(false, true, true);
    press_and_drag(at(1.5, 1.5), at(2.5, 2.5));
    EXPECT_EQ(view_state().selection, (std::vector<int>{0, 1}));
    with(false, false, true);
    click(at(1, 1));
    EXPECT_EQ(view_state().selection, (std::vector<int>{1}));
    click(at(1, 1));
    EXPECT_EQ(view_state().selection, (std::vector<int>{0, 1}));
    context().settings.select_by_box = false;
    press_and_drag(at(0.5, 0.5), at(2.5, 2.5));
    EXPECT_TRUE(view_state().selection.empty()) << "nothing lies within a straight line";
    with(false, false, false);
    EXPECT_EQ(view_state().cursor, before.cursor);
    EXPECT_EQ(view_state().rect, before.rect);
}

TEST_F(MapMouseTest, OnTheOtherMapOfARacePressingPanningAndZoomingMoveNothing) {
    context().in_hand = false;
    const ViewState before = view_state();
    click({500, 600});
    EXPECT_EQ(view_state(), before);
    press_and_drag({500, 600}, {560, 600});
    EXPECT_EQ(view_state().cursor, before.cursor);
    EXPECT_EQ(view_state().path_from, before.path_from);
    EXPECT_LT(view_state().rect.x_center, -0.5) << "it pans";
    press_and_drag({500, 600}, {440, 600}, 1);
    EXPECT_NEAR(view_state().rect.x_center, 0.0, 0.02);
    EXPECT_EQ(view_state().cursor, before.cursor);
    EXPECT_EQ(taken, 0);
}

TEST_F(MapMouseTest, OnTheOtherMapOfARaceTheDotAHandleAndAPointCanBeCaught) {
    context().in_hand = false;
    press_and_drag({400, 350}, {450, 350});
    EXPECT_NEAR(view_state().cursor[0], 0.5, 0.02);
    EXPECT_GT(taken, 0);
    taken = 0;
    press_and_drag({280, 430}, {280, 500});  // A
    EXPECT_FALSE(view_state().path_follows);
    EXPECT_GT(taken, 0);
    taken = 0;
    click({500, 250});
    EXPECT_EQ(view_state().point, 0);
    EXPECT_GT(taken, 0);
}

TEST_F(MapMouseTest, WhereTheDotCoversPartOfAHandleTheMouseTakesTheNearest) {
    view_state().path_to = {0.08f, 0.0f};  // 8 pixels from the dot
    const std::vector<float> dot = view_state().cursor;
    press_and_drag({409, 350}, {509, 350});
    EXPECT_EQ(view_state().cursor, dot);
    EXPECT_NEAR(view_state().path_to[0], 1.08, 0.02);
    view_state().path_to = {0.08f, 0.0f};
    press_and_drag({399, 350}, {499, 350});
    EXPECT_NEAR(view_state().cursor[0], 1.0, 0.02);
    EXPECT_EQ(view_state().path_to, (std::vector<float>{0.08f, 0.0f}));
}

TEST_F(MapMouseTest, ARightClickAsksForTheMenuAndARightDragPans) {
    click({480, 600}, 1);
    ASSERT_TRUE(menu.has_value());
    EXPECT_EQ(menu->x, 480);
    EXPECT_EQ(view_state().rect.x_center, 0.0);
    EXPECT_TRUE(view_state().follow_fit);
    menu.reset();
    press_and_drag({480, 600}, {482, 601}, 1);  // a hand that trembles
    EXPECT_TRUE(menu.has_value());
    EXPECT_EQ(view_state().rect.x_center, 0.0);
    menu.reset();
    press_and_drag({480, 600}, {380, 600}, 1);
    EXPECT_FALSE(menu.has_value());
    EXPECT_NEAR(view_state().rect.x_center, 1.0, 0.02);
    click({480, 600});
    EXPECT_FALSE(menu.has_value());
}

TEST_F(MapMouseTest, PointsThatAreSwitchedOffCannotBeCaught) {
    parts.settings.points_shown = false;
    click({500, 250});
    EXPECT_FALSE(view_state().point.has_value());
    EXPECT_NEAR(view_state().cursor[0], 1.0, 0.02) << "the dot came instead";
}

// The plane's places in pixels.
class PlacingWaypoints : public MapMouseTest {
  protected:
    PlacingWaypoints() {
        context().settings.placing_waypoints = true;
        points.xy.clear();
        view_state().put_a({-2, 0});
        view_state().put_b({2, 0});
    }
    ImVec2 at(double x, double y) {
        return PlaneView(view_state().rect, kMapLow, kMapSize).to_pixel({x, y});
    }
    void draw(const std::vector<PlanePoint>& line) {
        const ImVec2 first = at(line.front().x, line.front().y);
        frame(first.x, first.y, false);
        for (const PlanePoint& place : line) {
            const ImVec2 pixel = at(place.x, place.y);
            frame(pixel.x, pixel.y, true);
        }
        const ImVec2 last = at(line.back().x, line.back().y);
        frame(last.x, last.y, false);
        frame(last.x, last.y, false);
    }
};

TEST_F(PlacingWaypoints, AClickLeadsThePathOn) {
    const std::vector<float> dot = view_state().cursor;
    click(at(2, 2));
    ASSERT_EQ(view_state().path_through.size(), 1u);
    EXPECT_EQ(view_state().path_through[0], (std::vector<float>{2, 0})) << "it was B";
    EXPECT_NEAR(view_state().path_to[1], 2.0, 0.02);
    EXPECT_EQ(view_state().cursor, dot);
    click(at(2, 2.5));  // again, and no double click fits the view
    click(at(2, 2.8));
    EXPECT_EQ(view_state().path_through.size(), 3u);
    for (std::size_t i = 0; i < kMostWaypoints; ++i)
        click(at(-2.7 + 0.22 * static_cast<double>(i), -2.5));
    EXPECT_EQ(waypoint_count(view_state()), kMostWaypoints);
    EXPECT_NE(context().toasts.newest().find("remove one"), std::string::npos);
}

TEST_F(PlacingWaypoints, APressOnTheLineBendsIt) {
    press_and_drag(at(1, 0), at(1, 1.5));
    ASSERT_EQ(view_state().path_through.size(), 1u);
    EXPECT_NEAR(view_state().path_through[0][0], 1.0, 0.03);
    EXPECT_NEAR(view_state().path_through[0][1], 1.5, 0.03);
    EXPECT_EQ(view_state().path_from, (std::vector<float>{-2, 0}));
    EXPECT_EQ(view_state().path_to, (std::vector<float>{2, 0}));
    view_state().path_closed = true;  // on the way back, below
    press_and_drag(at(-1, 0), at(-1, -1));
    ASSERT_EQ(view_state().path_through.size(), 2u);
    EXPECT_EQ(view_state().path_through[1], (std::vector<float>{2, 0})) << "the new one is B";
    EXPECT_NEAR(view_state().path_to[1], -1.0, 0.03);
}

TEST_F(PlacingWaypoints, ADrawnLineIsTheNewPathOfFewPoints) {
    std::vector<PlanePoint> line;
    for (int i = 0; i <= 100; ++i) line.push_back({-2.5 + 0.05 * i, std::sin(-2.5 + 0.05 * i)});
    draw(line);
    EXPECT_NEAR(view_state().path_from[0], -2.5, 0.02);
    EXPECT_NEAR(view_state().path_to[0], 2.5, 0.06);
    EXPECT_GE(view_state().path_through.size(), 2u);
    EXPECT_LE(waypoint_count(view_state()), kMostDrawn);
    EXPECT_EQ(view_state().path_kind, explore::PathKind::kSmooth);
    EXPECT_FALSE(view_state().path_closed);
    for (const std::vector<float>& z : view_state().path_through)
        EXPECT_NEAR(z[1], std::sin(z[0]), 0.1);
    line.clear();
    for (int i = 0; i <= 60; ++i)
        line.push_back({2 * std::cos(0.1045 * i), 2 * std::sin(0.1045 * i)});
    draw(line);
    EXPECT_TRUE(view_state().path_closed) << "it ends where it began";
}

TEST_F(PlacingWaypoints, OutsideOfItWaypointsAreDraggedAndTheDotIsCalled) {
    context().settings.placing_waypoints = false;
    view_state().path_through = {{0, 2}};
    press_and_drag(at(0, 2), at(1, 2));
    EXPECT_NEAR(view_state().path_through[0][0], 1.0, 0.02);
    click(at(2, -2));
    EXPECT_EQ(view_state().path_through.size(), 1u);
    EXPECT_NEAR(view_state().cursor[1], -2.0, 0.02);
}

TEST_F(PlacingWaypoints, OnTheOtherMapOfARaceNothingIsPlaced) {
    context().in_hand = false;
    const ViewState before = view_state();
    click(at(2, 2));
    EXPECT_EQ(view_state(), before);
}

}  // namespace
}  // namespace elbow::gui
