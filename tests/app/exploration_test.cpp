// What the person explores: undo and redo, and fitting to another model.

#include "app/gui/exploration.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

Exploration two_latents() {
    Exploration exploration;
    exploration.fit_to(2);
    return exploration;
}

TEST(UndoStack, GoesBackAndForthThroughFinishedChanges) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    now.cursor = {1.0f, 2.0f};
    stack.observe(now, false);
    now.point = 7;
    stack.observe(now, false);
    ASSERT_TRUE(stack.undo(now));
    EXPECT_FALSE(now.point.has_value());
    EXPECT_EQ(now.cursor, (std::vector<float>{1.0f, 2.0f}));
    ASSERT_TRUE(stack.undo(now));
    EXPECT_EQ(now.cursor, (std::vector<float>{0.0f, 0.0f}));
    EXPECT_FALSE(stack.undo(now));
    ASSERT_TRUE(stack.redo(now));
    ASSERT_TRUE(stack.redo(now));
    EXPECT_EQ(now.point, 7);
    EXPECT_FALSE(stack.redo(now));
}

TEST(UndoStack, MakesOneStepOfADrag) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    for (int i = 1; i <= 20; ++i) {
        now.cursor = {static_cast<float>(i), 0.0f};
        stack.observe(now, true);
    }
    EXPECT_FALSE(stack.can_undo());
    stack.observe(now, false);
    ASSERT_TRUE(stack.undo(now));
    EXPECT_EQ(now.cursor[0], 0.0f);
    EXPECT_FALSE(stack.can_undo());
}

TEST(UndoStack, ForgetsTheFutureWhenSomethingElseIsDone) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    now.point = 1;
    stack.observe(now, false);
    stack.undo(now);
    EXPECT_TRUE(stack.can_redo());
    now.point = 2;
    stack.observe(now, false);
    EXPECT_FALSE(stack.can_redo());
    stack.undo(now);
    EXPECT_FALSE(now.point.has_value());
}

TEST(UndoStack, TakesAnUnfinishedChangeBackFirst) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    now.cursor = {3.0f, 0.0f};
    stack.observe(now, true);
    ASSERT_TRUE(stack.undo(now));
    EXPECT_EQ(now.cursor[0], 0.0f);
    ASSERT_TRUE(stack.redo(now));
    EXPECT_EQ(now.cursor[0], 3.0f);
}

TEST(UndoStack, KnowsWhatWasDoneSinceARestart) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    now.point = 1;
    stack.observe(now, false);
    stack.note_restart();
    EXPECT_FALSE(stack.changed_since_restart(now));
    now.point = 2;
    EXPECT_TRUE(stack.changed_since_restart(now)) << "it has not settled yet";
    stack.observe(now, false);
    EXPECT_TRUE(stack.changed_since_restart(now));
    ASSERT_TRUE(stack.undo(now));
    EXPECT_FALSE(stack.changed_since_restart(now)) << "the restart is next";
    ASSERT_TRUE(stack.undo(now));
    EXPECT_FALSE(stack.changed_since_restart(now));
    now.point = 3;
    stack.observe(now, false);
    EXPECT_TRUE(stack.changed_since_restart(now));
}

TEST(UndoStack, LeavesTheViewThatFollowsThePointsOut) {
    UndoStack stack;
    Exploration now = two_latents();
    stack.observe(now, false);
    now.rect.half_height = 9.0;  // the fit moved by itself
    stack.observe(now, false);
    EXPECT_FALSE(stack.can_undo());
    now.follow_fit = false;  // the person panned
    now.rect.x_center = 1.0;
    stack.observe(now, false);
    ASSERT_TRUE(stack.undo(now));
    EXPECT_TRUE(now.follow_fit);
    EXPECT_EQ(now.rect.half_height, 9.0);
}

TEST(UndoStack, KeepsALimitedPast) {
    UndoStack stack;
    Exploration now = two_latents();
    for (int i = 0; i < 1000; ++i) {
        now.point = i;
        stack.observe(now, false);
    }
    int steps = 0;
    while (stack.undo(now)) ++steps;
    EXPECT_LE(steps, 200);
    EXPECT_GE(steps, 50);
}

TEST(Exploration, FitsItsVectorsToTheModel) {
    Exploration exploration = two_latents();
    EXPECT_EQ(exploration.cursor.size(), 2u);
    EXPECT_NE(exploration.path_from, exploration.path_to);
    exploration.cursor = {0.5f, -0.5f};
    exploration.rect.half_height = 2.0;
    exploration.follow_fit = false;
    exploration.fit_to(2);
    EXPECT_EQ(exploration.cursor, (std::vector<float>{0.5f, -0.5f})) << "kept where it fits";
    EXPECT_FALSE(exploration.follow_fit);
    exploration.fit_to(20);
    EXPECT_EQ(exploration.cursor, std::vector<float>(20, 0.0f));
    EXPECT_EQ(exploration.anchor.size(), 20u);
    EXPECT_EQ(exploration.path_to.size(), 20u);
    EXPECT_TRUE(exploration.follow_fit);
}

TEST(Exploration, KeepsItsAxesInsideTheModel) {
    Exploration exploration;
    exploration.fit_to(20);
    exploration.x_axis = 17;
    exploration.y_axis = 3;
    exploration.fit_to(5);
    EXPECT_EQ(exploration.x_axis, 0);
    EXPECT_EQ(exploration.y_axis, 3);
    exploration.fit_to(1);
    EXPECT_EQ(exploration.x_axis, 0);
    EXPECT_EQ(exploration.y_axis, 0);
    EXPECT_EQ(exploration.path_from.size(), 1u);
    exploration.fit_to(2);
    EXPECT_NE(exploration.x_axis, exploration.y_axis);
}

}  // namespace
}  // namespace elbow::gui
