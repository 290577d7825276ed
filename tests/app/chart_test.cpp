// What the plots in the window and the picture of the curves draw alike.

#include "app/gui/widgets/chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "app/charts/raster_painter.h"

namespace elbow::gui {
namespace {

using charts::Pixel;

class ChartTest : public testing::Test {
  protected:
    // How many pixels of the row are at least half as bright as white.
    int lit(int row) const {
        int count = 0;
        for (int x = 0; x < raster.width(); ++x)
            count += raster.pixels()[3 * static_cast<std::size_t>(row * raster.width() + x)] >= 128;
        return count;
    }

    charts::Raster raster{200, 100, {0, 0, 0}};
    charts::Lettering letters{10.0};
    charts::RasterPainter painter{raster, letters, 1.0};
    charts::Ink white{{255, 255, 255}, 1.0};
    ChartArea chart{painter,
                    {.grid = white,
                     .axis = white,
                     .words = white,
                     .axis_width = 1.0f,
                     .line_width = 2.0f,
                     .dot_radius = 3.0f,
                     .dash = 10.0f,
                     .gap_left = 2.0f,
                     .gap_below = 2.0f,
                     .tick_room = 40.0f,
                     .widest_bar = 30.0f},
                    {0, 0},
                    {200, 100},
                    {0, 0},
                    {200, 100},
                    {{0.0, 1.0}, false},
                    {{0.0, 1.0}, false}};
};

TEST_F(ChartTest, HalfOfADashedLineIsThere) {
    draw_dashes(painter, {{10, 50}, {60, 50}, {170, 50}}, 10.0f, 2.0f, white);
    EXPECT_NEAR(lit(50), 80, 16);  // eight dashes, with round ends
    EXPECT_EQ(lit(60), 0);
}

TEST_F(ChartTest, APointWithoutNeighboursIsADot) {
    const std::vector<double> x{0.5}, y{0.5};
    draw_curve(chart, {x, y}, white);
    EXPECT_NEAR(lit(50), 6, 1);
}

TEST_F(ChartTest, BarsFillTheirPlaceWhereItIsNarrowAndAreNoWiderThanAllowed) {
    const auto wide = [&](std::size_t count) {
        const BarPlace bar = bar_place(chart, 1, count, 0.5);
        return bar.max.x - bar.min.x;
    };
    EXPECT_FLOAT_EQ(wide(2), 30.0f);
    EXPECT_FLOAT_EQ(wide(10), 16.0f) << "with gaps";
    EXPECT_FLOAT_EQ(wide(100), 2.0f) << "without";
    EXPECT_FLOAT_EQ(bar_place(chart, 0, 2, 0.5).min.x, 35.0f) << "in the middle of its half";
    EXPECT_FLOAT_EQ(bar_place(chart, 0, 2, 0.5).min.y, 50.0f);
    EXPECT_FLOAT_EQ(bar_place(chart, 0, 2, 0.0).min.y, 99.0f) << "to be seen";
}

}  // namespace
}  // namespace elbow::gui
