// The grid of the map lies under the points, on the screen as in pictures.

#include <gtest/gtest.h>

#include <string>

#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

// What is drawn into the map's picture, in order: g, a line of the grid; p, the points.
std::string& drawn_order() {
    static std::string order;
    return order;
}

TEST(GridLayer, LiesUnderThePoints) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    glad_glScissor = [](GLint, GLint, GLsizei width, GLsizei height) {
        if (width == 1 || height == 1) drawn_order() += 'g';
    };
    glad_glDrawArrays = [](GLenum mode, GLint, GLsizei) {
        if (mode == GL_POINTS) drawn_order() += 'p';
    };
    drawn_order().clear();
    window.runs.in_hand().view_state.follow_fit = false;
    window.runs.in_hand().view_state.rect = {.half_height = 3.0};
    window.settle();
    const std::string order = drawn_order();
    ASSERT_NE(order.find('p'), std::string::npos);
    EXPECT_GE(order.find('p'), 6u) << "there are lines each way: " << order;
    EXPECT_EQ(order.back(), 'p') << "no line is drawn over points";
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
