// What the painter of the window and that of pictures promise to those who draw over them.

#include "app/charts/painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "app/charts/raster_painter.h"
#include "app/gui/widgets/screen_painter.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

using charts::Pixel;

// White on black, 40 x 40.
class PicturePainter : public testing::Test {
  protected:
    int grey(int x, int y) const {
        return raster
            .pixels()[3 * (static_cast<std::size_t>(y) * 40 + static_cast<std::size_t>(x))];
    }
    int brightest() const {
        return *std::max_element(raster.pixels().begin(), raster.pixels().end());
    }

    charts::Raster raster{40, 40, {0, 0, 0}};
    charts::Lettering letters{12.0};
    charts::RasterPainter painter{raster, letters, 1.0};
    charts::Ink half{{255, 255, 255}, 0.5}, full{{255, 255, 255}, 1.0};
};

TEST_F(PicturePainter, AStrokeIsNoStrongerWhereItTurnsOrCrossesItself) {
    painter.polyline(std::vector<Pixel>{{5, 5}, {35, 35}, {35, 5}, {5, 35}}, 5.0f, half);
    EXPECT_EQ(brightest(), 128);
    EXPECT_EQ(grey(35, 34), 128) << "a corner";
    EXPECT_EQ(grey(19, 19), 128) << "the crossing";
}

TEST_F(PicturePainter, AStrokeOfManyPointsIsTheLineBetweenItsEnds) {
    std::vector<Pixel> points;
    for (int i = 0; i <= 60; ++i)
        points.push_back(
            {4.0f + 0.5f * static_cast<float>(i), 10.0f + 0.25f * static_cast<float>(i)});
    painter.polyline(points, 3.0f, full);
    charts::Raster other(40, 40, {0, 0, 0});
    other.line(4, 10, 34, 25, 3.0, {255, 255, 255});
    EXPECT_EQ(raster.pixels(), other.pixels());
}

TEST_F(PicturePainter, AStrokeLeavesOutWhatIsNowhere) {
    const float lost = std::numeric_limits<float>::quiet_NaN(), far = 1e30f;
    painter.polyline(std::vector<Pixel>{{lost, 5}, {5, lost}, {lost, lost}}, 3.0f, full);
    EXPECT_EQ(brightest(), 0);
    painter.polyline(std::vector<Pixel>{{-far, 20}, {far, 20}}, 3.0f, full);
    EXPECT_EQ(grey(39, 20), 255);
}

TEST_F(PicturePainter, AnOutlineIsClosedAndAClipHolds) {
    painter.clip({0, 0}, {20, 40});
    painter.outline(std::vector<Pixel>{{5, 5}, {35, 5}, {35, 35}, {5, 35}}, 2.0f, full);
    EXPECT_EQ(grey(5, 20), 255) << "from the last point to the first";
    EXPECT_EQ(grey(35, 20), 0) << "outside";
    painter.clip_nothing();
    painter.outline(std::vector<Pixel>{{5, 5}, {35, 5}, {35, 35}, {5, 35}}, 2.0f, full);
    EXPECT_EQ(grey(35, 20), 255);
}

TEST_F(PicturePainter, ACircleIsHollowAndADiscIsNot) {
    painter.circle({20, 20}, 12.0f, 3.0f, full);
    EXPECT_EQ(grey(20, 20), 0);
    EXPECT_EQ(grey(32, 20), 255);
    EXPECT_EQ(grey(36, 20), 0);
    painter.disc({20, 20}, 12.0f, full);
    EXPECT_EQ(grey(20, 20), 255);
}

TEST_F(PicturePainter, AnAreaReachesFromTheLineToTheBaseWithoutSeams) {
    painter.area(std::vector<Pixel>{{4.3f, 10}, {11.8f, 10}, {30.2f, 20}}, 35.0f, half);
    for (int x = 5; x < 30; ++x) EXPECT_EQ(grey(x, 34), 128) << x;
    EXPECT_EQ(grey(3, 34), 0);
    EXPECT_EQ(grey(8, 9), 0);
    EXPECT_EQ(grey(8, 11), 128);
    EXPECT_EQ(grey(8, 35), 0);
}

// Farthest from x = 0 that something was drawn.
float reach(const ImDrawList& list) {
    float farthest = 0.0f;
    for (const ImDrawVert& vertex : list.VtxBuffer)
        farthest = std::max(farthest, std::abs(vertex.pos.x));
    return farthest;
}

TEST(ScreenPainter, ANeedleGrowsNoSpikes) {
    NullFrames frames;
    for (const float height : {0.01f, 0.1f, 0.33f, 1.0f, 10.0f}) {
        frames.frame([&] {
            ImDrawList* list = ImGui::GetBackgroundDrawList();
            std::vector<Pixel> needle;
            for (int i = 0; i < 96; ++i) {
                const float angle = 6.2831853f * static_cast<float>(i) / 96.0f;
                needle.push_back({100.0f * std::cos(angle), height * std::sin(angle)});
            }
            ScreenPainter(list).outline(needle, 4.0f, {{255, 255, 255}, 1.0});
            EXPECT_GT(reach(*list), 99.0f) << height;
            EXPECT_LT(reach(*list), 100.0f + 4.0f) << height;
        });
    }
}

TEST(ScreenPainter, KeepsTheThemesColours) {
    const charts::Ink same = ink(IM_COL32(12, 200, 7, 255)),
                      faint = ink(IM_COL32(1, 2, 3, 255), 0.18);
    EXPECT_EQ(same.rgb, (charts::Rgb{12, 200, 7}));
    EXPECT_EQ(same.alpha, 1.0);
    NullFrames frames;
    frames.frame([&] {
        ImDrawList* list = ImGui::GetBackgroundDrawList();
        ScreenPainter(list).disc({50, 50}, 5.0f, faint);
        ASSERT_FALSE(list->VtxBuffer.empty());
        EXPECT_EQ(list->VtxBuffer.front().col, IM_COL32(1, 2, 3, 46));
    });
}

TEST(WebColour, HasTwoDigitsForEachPart) {
    EXPECT_EQ(charts::web_colour({0, 114, 178}), "#0072b2");
    EXPECT_EQ(charts::web_colour({255, 9, 0}), "#ff0900");
}

}  // namespace
}  // namespace elbow::gui
