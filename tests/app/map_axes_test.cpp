// The axes around the map: no text over another or over the points, at any size.

#include "app/gui/map/map_axes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/gui/map/layers/points.h"
#include "tests/app/imgui_frame.h"

namespace elbow::gui {
namespace {

bool overlap(const AxisLabel& a, const AxisLabel& b) {
    return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

AxisWords words(bool has_rows) {
    AxisWords said;
    said.x = "z17  (standard deviations of the prior)";
    said.y = "z4  (standard deviations of the prior)";
    said.short_x = "z17";
    said.short_y = "z4";
    said.has_rows = has_rows;
    for (int label = 0; has_rows && label < 47; ++label)
        said.rows.push_back({label_row(label, 47), "abc."});
    return said;
}

void expect_tidy(const MapRect& rect, ImVec2 panel, const AxisWords& said, float scale) {
    SCOPED_TRACE(testing::Message()
                 << "half height " << rect.half_height << ", centre " << rect.x_center << ", "
                 << panel.x << " x " << panel.y << " at " << scale);
    const MapGutters gutters = map_gutters(rect, said, panel.y, scale, 0.0f);
    const ImVec2 low{gutters.left, gutters.top};
    const ImVec2 size{panel.x - gutters.left - 8, panel.y - gutters.top - gutters.bottom};
    EXPECT_EQ(map_gutters(rect, said, panel.y, scale, low.x).left, low.x) << "it stands still";
    const MapAxes axes = lay_out_axes(PlaneView(rect, low, size), gutters, said, scale);
    std::vector<AxisLabel> all = axes.x_labels;
    all.insert(all.end(), axes.y_labels.begin(), axes.y_labels.end());
    all.push_back(axes.x_title);
    all.push_back(axes.y_title);
    EXPECT_FALSE(axes.y_labels.empty());
    const auto labelled = [](const std::vector<AxisTick>& ticks) {
        return static_cast<std::size_t>(
            std::count_if(ticks.begin(), ticks.end(), [](const auto& t) { return t.labelled; }));
    };
    EXPECT_EQ(labelled(axes.x_ticks), axes.x_labels.size());
    EXPECT_EQ(labelled(axes.y_ticks), axes.y_labels.size());
    const AxisLabel plot{low, {low.x + size.x, low.y + size.y}, "the points"};
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_FALSE(overlap(all[i], plot)) << all[i].text;
        EXPECT_GE(all[i].min.x, 0.0f) << all[i].text;
        EXPECT_GE(all[i].min.y, 0.0f) << all[i].text;
        EXPECT_LE(all[i].max.x, panel.x) << all[i].text;
        EXPECT_LE(all[i].max.y, panel.y) << all[i].text;
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_FALSE(overlap(all[i], all[j])) << all[i].text << " and " << all[j].text;
    }
}

TEST(MapAxes, KeepTheirTextsApartAndOutOfThePlot) {
    NullFrames frames;
    for (const float scale : {0.75f, 1.0f, 1.25f, 1.5f, 2.0f, 3.0f}) {
        ImGui::GetIO().FontGlobalScale = scale;
        frames.frame([&] {
            ImGui::Begin("map");
            for (const double half : {2e-4, 0.03, 2.6, 3.7, 41.0, 980.0, 8e5}) {
                for (const double centre : {0.0, 0.37, -1234.5}) {
                    for (const ImVec2 panel :
                         {ImVec2{200, 190}, ImVec2{480, 400}, ImVec2{1300, 500}}) {
                        const MapRect rect{
                            .x_center = centre, .y_center = -centre, .half_height = half};
                        expect_tidy(rect, {panel.x * scale, panel.y * scale}, words(false), scale);
                    }
                }
            }
            expect_tidy({.half_height = 3.5}, {480 * scale, 400 * scale}, words(true), scale);
            ImGui::End();
        });
    }
}

// From -4 to 4 and from -2 to 2, with a tick at each end.
TEST(MapAxes, NumberTheTicksAtTheEdges) {
    NullFrames frames;
    frames.frame([&] {
        ImGui::Begin("map");
        const MapAxes axes = lay_out_axes(PlaneView({.half_height = 2.0}, {38, 20}, {400, 200}),
                                          {38, 20, 40}, words(false), 1.0f);
        for (const auto* ticks : {&axes.x_ticks, &axes.y_ticks}) {
            for (const AxisTick& tick : *ticks) EXPECT_TRUE(tick.labelled) << tick.label;
        }
        EXPECT_EQ(axes.x_ticks.size(), 5u) << "there is room for so many";
        EXPECT_NEAR(axes.x_ticks.front().at, -4.0, 1e-9);
        EXPECT_NEAR(axes.y_ticks.front().at, -2.0, 1e-9);
        ImGui::End();
    });
}

// From -4.4 to 4.4 in so little room that the next round step beside 2 would be 5.
TEST(MapAxes, HaveTwoNumbersAtLeast) {
    NullFrames frames;
    frames.frame([&] {
        ImGui::Begin("map");
        const MapAxes axes = lay_out_axes(PlaneView({.half_height = 4.4}, {38, 20}, {200, 200}),
                                          {38, 20, 40}, words(false), 1.0f);
        EXPECT_GE(axes.x_labels.size(), 2u);
        EXPECT_GE(axes.y_labels.size(), 2u);
        ImGui::End();
    });
}

TEST(MapAxes, SayTheUnitWhereItHasRoom) {
    NullFrames frames;
    frames.frame([&] {
        ImGui::Begin("map");
        const MapGutters gutters{38, 20, 40};
        const auto title = [&](float width) {
            const PlaneView view({}, {38, 20}, {width, 300});
            return lay_out_axes(view, gutters, words(false), 1.0f).x_title.text;
        };
        EXPECT_EQ(title(800), "z17  (standard deviations of the prior)");
        EXPECT_EQ(title(120), "z17");
        ImGui::End();
    });
}

TEST(PointStyle, FadesOnImagesAndSetsUnlabelledPointsOff) {
    for (const bool dark : {true, false}) {
        const Theme theme = make_theme(dark, {});
        const gl::PointStyle plain = point_style(theme, true, false, 4.0f, 1.0f);
        const gl::PointStyle faded = point_style(theme, true, true, 4.0f, 1.0f);
        const gl::PointStyle unlabelled = point_style(theme, false, false, 4.0f, 1.0f);
        EXPECT_LT(faded.colours[0].a, 0.7f * plain.colours[0].a);
        EXPECT_GT(faded.rim_px, 0.0f);
        EXPECT_GT(unlabelled.rim_px, 0.0f);
        // Against the ground, by relative luminance (WCAG asks for 3 of graphics).
        const auto luminance = [](ImU32 colour) {
            const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
            const auto linear = [](float v) {
                return v <= 0.04045f ? v / 12.92f : std::pow((v + 0.055f) / 1.055f, 2.4f);
            };
            return 0.2126f * linear(c.x) + 0.7152f * linear(c.y) + 0.0722f * linear(c.z);
        };
        const float point = luminance(theme.unlabelled), ground = luminance(theme.map_background);
        EXPECT_GT((std::max(point, ground) + 0.05f) / (std::min(point, ground) + 0.05f), 4.5f);
    }
}

}  // namespace
}  // namespace elbow::gui
