// What the person explores: undo and redo, and fitting to another model.

#include "app/gui/view_state.h"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace elbow::gui {
namespace {

ViewState two_latents() {
    ViewState view_state;
    view_state.fit_to(2);
    return view_state;
}

TEST(UndoStack, GoesBackAndForthThroughFinishedChanges) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.put_dot({1.0f, 2.0f});
    stack.observe(now, look, false);
    now.point = 7;
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_FALSE(now.point.has_value());
    EXPECT_EQ(now.cursor, (std::vector<float>{1.0f, 2.0f}));
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_EQ(now.cursor, (std::vector<float>{0.0f, 0.0f}));
    EXPECT_FALSE(stack.undo(now, look));
    ASSERT_TRUE(stack.redo(now, look));
    ASSERT_TRUE(stack.redo(now, look));
    EXPECT_EQ(now.point, 7);
    EXPECT_FALSE(stack.redo(now, look));
}

TEST(UndoStack, MakesOneStepOfADrag) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    for (int i = 1; i <= 20; ++i) {
        now.put_dot({static_cast<float>(i), 0.0f});
        stack.observe(now, look, true);
    }
    EXPECT_FALSE(stack.can_undo());
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_EQ(now.cursor[0], 0.0f);
    EXPECT_FALSE(stack.can_undo());
}

TEST(UndoStack, ForgetsTheFutureWhenSomethingElseIsDone) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.point = 1;
    stack.observe(now, look, false);
    stack.undo(now, look);
    EXPECT_TRUE(stack.can_redo());
    now.point = 2;
    stack.observe(now, look, false);
    EXPECT_FALSE(stack.can_redo());
    stack.undo(now, look);
    EXPECT_FALSE(now.point.has_value());
}

TEST(UndoStack, TakesAnUnfinishedChangeBackFirst) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.put_dot({3.0f, 0.0f});
    stack.observe(now, look, true);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_EQ(now.cursor[0], 0.0f);
    ASSERT_TRUE(stack.redo(now, look));
    EXPECT_EQ(now.cursor[0], 3.0f);
}

TEST(UndoStack, KnowsWhatWasDoneSinceARestart) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.point = 1;
    stack.observe(now, look, false);
    stack.note_restart();
    EXPECT_FALSE(stack.changed_since_restart(now, look));
    now.point = 2;
    EXPECT_TRUE(stack.changed_since_restart(now, look)) << "it has not settled yet";
    stack.observe(now, look, false);
    EXPECT_TRUE(stack.changed_since_restart(now, look));
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_FALSE(stack.changed_since_restart(now, look)) << "the restart is next";
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_FALSE(stack.changed_since_restart(now, look));
    now.point = 3;
    stack.observe(now, look, false);
    EXPECT_TRUE(stack.changed_since_restart(now, look));
}

TEST(UndoStack, LeavesTheViewThatFollowsThePointsOut) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.rect.half_height = 9.0;  // the fit moved by itself
    stack.observe(now, look, false);
    EXPECT_FALSE(stack.can_undo());
    now.follow_fit = false;  // the person panned
    now.rect.x_center = 1.0;
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_TRUE(now.follow_fit);
    EXPECT_EQ(now.rect.half_height, 9.0);
}

TEST(UndoStack, KeepsALimitedPast) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    for (int i = 0; i < 1000; ++i) {
        now.point = i;
        stack.observe(now, look, false);
    }
    int steps = 0;
    while (stack.undo(now, look)) ++steps;
    EXPECT_LE(steps, 200);
    EXPECT_GE(steps, 50);
}

TEST(ViewState, FitsItsVectorsToTheModel) {
    ViewState view_state = two_latents();
    EXPECT_EQ(view_state.cursor.size(), 2u);
    EXPECT_NE(view_state.path_from, view_state.path_to);
    view_state.put_dot({0.5f, -0.5f});
    view_state.rect.half_height = 2.0;
    view_state.follow_fit = false;
    view_state.fit_to(2);
    EXPECT_EQ(view_state.cursor, (std::vector<float>{0.5f, -0.5f})) << "kept where it fits";
    EXPECT_FALSE(view_state.follow_fit);
    view_state.fit_to(20);
    EXPECT_EQ(view_state.cursor, std::vector<float>(20, 0.0f));
    EXPECT_EQ(view_state.anchor.size(), 20u);
    EXPECT_EQ(view_state.path_to.size(), 20u);
    EXPECT_TRUE(view_state.follow_fit);
}

TEST(ViewState, KeepsItsAxesInsideTheModel) {
    ViewState view_state;
    view_state.fit_to(20);
    view_state.x_axis = 17;
    view_state.y_axis = 3;
    view_state.fit_to(5);
    EXPECT_EQ(view_state.x_axis, 0);
    EXPECT_EQ(view_state.y_axis, 3);
    view_state.fit_to(1);
    EXPECT_EQ(view_state.x_axis, 0);
    EXPECT_EQ(view_state.y_axis, 0);
    EXPECT_EQ(view_state.path_from.size(), 1u);
    view_state.fit_to(2);
    EXPECT_NE(view_state.x_axis, view_state.y_axis);
}

// A cloud of codes in two clumps of different labels.
struct Codes {
    explore::LatentMap map;
    std::vector<std::uint8_t> labels;
    Codes(int latents, float width) {
        map.latents = latents;
        map.count = 200;
        for (int i = 0; i < map.count; ++i) {
            labels.push_back(static_cast<std::uint8_t>(i % 2));
            for (int n = 0; n < latents; ++n)
                map.mean.push_back(width * static_cast<float>((i * (7 + 4 * n)) % 200 - 100) / 50);
        }
    }
    RunFacts facts(bool has_prior, std::span<const float> activity = {}) const {
        RunFacts run;
        run.has_normal_prior = has_prior;
        run.activity = activity;
        run.map = &map;
        run.labels = labels;
        return run;
    }
};

ViewState fresh(int latents) {
    ViewState view_state;
    view_state.fit_to(latents);
    return view_state;
}

double gap(const std::vector<float>& a, const std::vector<float>& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1]);
}

TEST(FollowRun, PutsAAndBOnTwoImagesUntilThePersonMovesOne) {
    Codes codes(2, 1.0f);
    ViewState now = fresh(2);
    follow_run(now, codes.facts(true));
    ASSERT_TRUE(now.path_images.has_value());
    const auto [a, b] = *now.path_images;
    const auto code = [&](int image) {
        const auto z = explore::code_of(codes.map, image);
        return std::vector<float>(z.begin(), z.end());
    };
    EXPECT_EQ(now.path_from, code(a));
    EXPECT_EQ(now.path_to, code(b));
    EXPECT_NE(codes.labels[static_cast<std::size_t>(a)], codes.labels[static_cast<std::size_t>(b)]);
    for (float& z : codes.map.mean) z *= 1.5f;  // the run learns
    follow_run(now, codes.facts(true));
    EXPECT_EQ(now.path_from, code(a));
    now.put_b({0.5f, 0.5f});
    const ViewState chosen = now;
    for (float& z : codes.map.mean) z *= 1.5f;
    follow_run(now, codes.facts(true));
    EXPECT_EQ(now, chosen);
    now.reset_path();
    follow_run(now, codes.facts(true));
    EXPECT_NE(now.path_to, chosen.path_to);
}

TEST(FollowRun, KeepsDotAAndBApartInWideCodesWithoutAPrior) {
    for (const float width : {1e-3f, 1.0f, 300.0f}) {
        Codes codes(2, width);
        for (std::size_t i = 0; i < codes.map.mean.size(); i += 2) codes.map.mean[i] += 5 * width;
        ViewState now = fresh(2);
        follow_run(now, codes.facts(false));
        EXPECT_GT(gap(now.path_from, now.path_to), width) << width;
        EXPECT_GT(gap(now.path_from, now.cursor), 0.5 * width) << width;
        EXPECT_GT(gap(now.path_to, now.cursor), 0.5 * width) << width;
        EXPECT_NEAR(now.cursor[0], 5 * width, width) << "among the codes";
        EXPECT_EQ(now.anchor, now.cursor);
    }
}

TEST(FollowRun, LeavesAAndBWhereTheyAreWhenTheDotIsPutOnThem) {
    const Codes codes(2, 1.0f);
    ViewState now = fresh(2);
    follow_run(now, codes.facts(true));
    const ViewState before = now;
    for (const auto& place : {before.path_from, before.path_to}) {
        now.put_dot(place);
        follow_run(now, codes.facts(true));
        EXPECT_EQ(now.path_from, before.path_from);
        EXPECT_EQ(now.path_to, before.path_to);
    }
}

TEST(FollowRun, KeepsTheImagesOfARunThatGoesOnUntilItsMapIsThere) {
    const Codes codes(2, 1.0f);
    ViewState now = fresh(2);
    follow_run(now, codes.facts(true));
    const ViewState saved = now;
    RunFacts not_there;
    follow_run(now, not_there);
    follow_run(now, codes.facts(true));
    EXPECT_EQ(now.path_images, saved.path_images);
    EXPECT_EQ(now.path_from, saved.path_from);
}

TEST(FollowRun, LeavesTheDotInTheMiddleOfThePriorAndWhereThePersonPutsIt) {
    const Codes codes(2, 1.0f);
    ViewState now = fresh(2);
    follow_run(now, codes.facts(true));
    EXPECT_EQ(now.cursor, (std::vector<float>{0, 0}));
    now.put_dot({2, 2});
    follow_run(now, codes.facts(false));
    EXPECT_EQ(now.cursor, (std::vector<float>{2, 2}));
}

TEST(FollowRun, KeepsAAndBApartWhileTheCodesOfAPriorAreAHeapAndWithoutAMap) {
    const Codes heap(2, 1e-3f);
    ViewState now = fresh(2);
    follow_run(now, heap.facts(true));
    EXPECT_GT(gap(now.path_from, now.path_to), 2.0);
    RunFacts without_encoder;
    follow_run(now, without_encoder);
    EXPECT_GT(gap(now.path_from, now.path_to), 2.0);
    const Codes other_model(3, 1.0f);  // of the run before
    follow_run(now, other_model.facts(true));
    EXPECT_EQ(now.path_from.size(), 2u);
}

TEST(FollowRun, ShowsTheTwoMostActiveLatentsUntilThePersonChooses) {
    ViewState now = fresh(5);
    RunFacts run;
    const std::vector<float> early{0.1f, 0.2f, 3.0f, 0.0f, 2.0f};
    run.activity = early;
    follow_run(now, run);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(2, 4));
    const std::vector<float> later{9.0f, 0.2f, 3.0f, 0.0f, 0.1f};
    run.activity = later;
    follow_run(now, run);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(2, 0));
    now.put_on_axis(3, true);
    run.activity = early;
    follow_run(now, run);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(2, 3));
}

TEST(FollowRun, LeavesTheAxesOfTwoLatentsAlone) {
    ViewState now = fresh(2);
    RunFacts run;
    const std::vector<float> kl{0.0f, 5.0f};
    run.activity = kl;
    follow_run(now, run);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(0, 1));
}

TEST(ViewState, AnAxisThatIsTakenChangesPlaces) {
    ViewState now = fresh(4);
    now.put_on_axis(1, false);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(1, 0));
    now.put_on_axis(3, true);
    EXPECT_EQ(std::pair(now.x_axis, now.y_axis), std::pair(1, 3));
    EXPECT_FALSE(now.axes_follow);
}

TEST(ViewState, ACoordinateThatIsTypedMovesTheDotAndThePlaneWithIt) {
    ViewState now = fresh(3);
    now.put_dot_along(2, 1.5f);
    EXPECT_EQ(now.cursor, (std::vector<float>{0, 0, 1.5f}));
    EXPECT_EQ(now.anchor, (std::vector<float>{0, 0, 1.5f}));
    now.put_dot_along(0, -1.0f);
    EXPECT_EQ(now.cursor, (std::vector<float>{-1, 0, 1.5f}));
    EXPECT_EQ(now.anchor, (std::vector<float>{0, 0, 1.5f}));
    EXPECT_FALSE(now.dot_follows);
}

TEST(UndoStack, LeavesOutWhatGoesWithTheRun) {
    UndoStack stack;
    MapLook look;
    ViewState now = fresh(5);
    stack.observe(now, look, false);
    Codes codes(5, 1.0f);
    const std::vector<float> kl{0, 0, 3, 0, 2};
    follow_run(now, codes.facts(false, kl));
    stack.observe(now, look, false);
    EXPECT_FALSE(stack.can_undo());
    now.put_a(std::vector<float>(5, 1.0f));
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_TRUE(now.path_follows);
}

TEST(UndoStack, CountsThatADrawingLedTheDotToItsStroke) {
    UndoStack stack;
    MapLook look;
    ViewState now = two_latents();
    stack.observe(now, look, false);
    now.drawing = {1, 2, 3};
    stack.observe(now, look, false);
    now.led_by = now.drawing;  // the answer comes when the stroke has been a step for a while
    now.put_dot({3.0f, 4.0f});
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_TRUE(now.drawing.empty());
    EXPECT_EQ(now.cursor, (std::vector<float>{0.0f, 0.0f}));
    EXPECT_FALSE(stack.can_undo());
    ASSERT_TRUE(stack.redo(now, look));
    EXPECT_EQ(now.cursor, (std::vector<float>{3.0f, 4.0f}));
    now.put_dot({5.0f, 5.0f});  // by hand, which is a step of its own
    stack.observe(now, look, false);
    ASSERT_TRUE(stack.undo(now, look));
    EXPECT_EQ(now.cursor, (std::vector<float>{3.0f, 4.0f}));
    EXPECT_FALSE(now.drawing.empty());
}

}  // namespace
}  // namespace elbow::gui
