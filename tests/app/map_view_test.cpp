#include "app/gui/map/map_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/core/rng.h"

namespace elbow::gui {
namespace {

const ImVec2 kViewMin{100, 50};
const ImVec2 kViewSize{800, 400};

TEST(PlaneView, PixelsAndPlaneAreInverse) {
    const PlaneView view({.x_center = 0.5, .y_center = -1.0, .half_height = 2.0}, kViewMin,
                         kViewSize);
    const PlanePoint there = view.to_plane({321, 123});
    const ImVec2 back = view.to_pixel(there);
    EXPECT_NEAR(back.x, 321, 1e-3);
    EXPECT_NEAR(back.y, 123, 1e-3);
}

TEST(PlaneView, BothAxesHaveTheSameScaleAndYGrowsUpwards) {
    const PlaneView view({.x_center = 0, .y_center = 0, .half_height = 2.0}, kViewMin, kViewSize);
    EXPECT_DOUBLE_EQ(view.pixels_per_unit(), 100.0);
    EXPECT_DOUBLE_EQ(view.x_min(), -4.0);
    EXPECT_DOUBLE_EQ(view.x_max(), 4.0);
    const ImVec2 up = view.to_pixel({0, 1}), right = view.to_pixel({1, 0});
    EXPECT_FLOAT_EQ(up.x, 500);
    EXPECT_FLOAT_EQ(up.y, 150);
    EXPECT_FLOAT_EQ(right.x, 600);
    EXPECT_FLOAT_EQ(right.y, 250);
}

TEST(MapRect, PanningMovesThePlaneWithTheMouse) {
    const MapRect rect;
    const PlaneView before(rect, kViewMin, kViewSize);
    const PlanePoint held = before.to_plane({300, 200});
    const PlaneView after(panned(rect, before, {40, -25}), kViewMin, kViewSize);
    const ImVec2 at = after.to_pixel(held);
    EXPECT_NEAR(at.x, 340, 1e-3);
    EXPECT_NEAR(at.y, 175, 1e-3);
}

TEST(PlaneView, WidenedItShowsMoreAtTheSamePixels) {
    const PlaneView view({.x_center = 0.3, .y_center = -1.1, .half_height = 2.7}, {17, 40},
                         {613, 401});
    const PlaneView wide = widened(view, 0.25f);
    EXPECT_EQ(wide.size_px().x, 613 + 2 * 153);
    EXPECT_EQ(wide.size_px().y, 401 + 2 * 100);
    for (const PlanePoint& place : {PlanePoint{0.0, 0.0}, PlanePoint{2.0, -3.0}}) {
        EXPECT_NEAR(wide.to_pixel(place).x, view.to_pixel(place).x, 1e-3);
        EXPECT_NEAR(wide.to_pixel(place).y, view.to_pixel(place).y, 1e-3);
    }
    EXPECT_TRUE(lies_within(view, wide));
    EXPECT_TRUE(lies_within(view, view));
    EXPECT_FALSE(lies_within(wide, view));
}

TEST(PlaneView, PannedItLiesWithinAWiderOneForAWhile) {
    const MapRect rect{.x_center = 1.0, .y_center = 2.0, .half_height = 3.0};
    const PlaneView view(rect, {0, 0}, {400, 300});
    const PlaneView wide = widened(view, 0.25f);
    const auto moved = [&](ImVec2 by) {
        return PlaneView(panned(rect, view, by), view.min_px(), view.size_px());
    };
    EXPECT_TRUE(lies_within(moved({100, -75}), wide));
    EXPECT_FALSE(lies_within(moved({102, 0}), wide));
    EXPECT_FALSE(lies_within(moved({0, 77}), wide));
    EXPECT_TRUE(is_panned(view, moved({1, 0})));
    EXPECT_FALSE(is_panned(view, moved({0, 0})));
    MapRect nearer = rect;
    nearer.half_height = 2.9;
    const PlaneView near(nearer, {0, 0}, {400, 300});
    EXPECT_FALSE(is_panned(view, near));
    EXPECT_FALSE(lies_within(near, wide)) << "of another scale";
}

TEST(MapRect, ZoomingKeepsWhatIsUnderTheCursor) {
    const MapRect rect{.x_center = 1.0, .y_center = 2.0, .half_height = 3.0};
    const PlaneView before(rect, kViewMin, kViewSize);
    const PlanePoint fixed = before.to_plane({700, 90});
    const MapRect closer = zoomed(rect, before, {700, 90}, 1.5);
    EXPECT_DOUBLE_EQ(closer.half_height, 2.0);
    const ImVec2 at = PlaneView(closer, kViewMin, kViewSize).to_pixel(fixed);
    EXPECT_NEAR(at.x, 700, 1e-3);
    EXPECT_NEAR(at.y, 90, 1e-3);
}

TEST(MapRect, ZoomingHasEnds) {
    MapRect rect;
    for (int i = 0; i < 1000; ++i)
        rect = zoomed(rect, PlaneView(rect, kViewMin, kViewSize), {500, 250}, 2.0);
    EXPECT_GT(rect.half_height, 0.0);
    for (int i = 0; i < 1000; ++i)
        rect = zoomed(rect, PlaneView(rect, kViewMin, kViewSize), {500, 250}, 0.5);
    EXPECT_TRUE(std::isfinite(rect.half_height));
}

constexpr float kHeld = 12.0f;

MapRect fitted_to(std::span<const float> xy, double aspect, bool prior = true) {
    return fitted({point_extent(xy), prior, {}}, {static_cast<float>(400 * aspect), 400}, kHeld);
}

TEST(Fitted, IsNotLedAwayByAFewOutliers) {
    std::vector<float> xy;
    for (int i = 0; i < 1000; ++i) {
        xy.push_back(4.0f * static_cast<float>(i % 100) / 99.0f);
        xy.push_back(-2.0f);
    }
    for (int i = 0; i < 5; ++i) {
        xy.push_back(500.0f);
        xy.push_back(std::nanf(""));
    }
    const MapRect rect = fitted_to(xy, 1.0);
    EXPECT_NEAR(rect.x_center, 1.74, 0.1);  // from -1 of the prior to 12 % beyond 4
    EXPECT_NEAR(rect.y_center, -0.5, 0.1);
    EXPECT_GT(rect.x_center + rect.half_height, 4.0);
    EXPECT_LT(rect.half_height, 3.0);
}

TEST(Fitted, ShowsNearlyEveryPointOfACloudWithoutOutliers) {
    std::vector<float> xy(10000);
    Stream(7, "points").normals(0, xy);
    for (std::size_t i = 0; i < xy.size(); i += 2) xy[i] *= 2.0f;
    for (const double aspect : {0.5, 1.0, 3.0}) {
        const PlaneView view(fitted_to(xy, aspect), {0, 0},
                             {static_cast<float>(400 * aspect), 400});
        int outside = 0;
        for (std::size_t i = 0; i < xy.size(); i += 2)
            outside += xy[i] < view.x_min() || xy[i] > view.x_max() || xy[i + 1] < view.y_min() ||
                       xy[i + 1] > view.y_max();
        EXPECT_LE(outside, 5) << "of 5000, at an aspect of " << aspect;
    }
}

TEST(Fitted, FollowsACloudThatLiesAsideAndKeepsTheOriginInView) {
    std::vector<float> xy;
    for (int i = 0; i < 100; ++i) xy.insert(xy.end(), {-9.0f, 6.0f});
    const MapRect rect = fitted_to(xy, 1.0);
    EXPECT_LT(rect.x_center - rect.half_height, -9.0);
    EXPECT_GT(rect.x_center + rect.half_height, 1.0);
    EXPECT_GT(rect.y_center + rect.half_height, 6.0);
    EXPECT_LT(rect.y_center - rect.half_height, -1.0);
}

TEST(Fitted, ShowsTheMiddleOfThePriorWhereThePointsLieInAHeap) {
    const std::vector<float> heap(200, 0.01f);
    EXPECT_GT(fitted_to(heap, 1.0).half_height, 2.5);
    EXPECT_EQ(fitted_to(heap, 1.0), fitted_to({}, 1.0));
}

TEST(Fitted, AWideCanvasNeedsLessHeight) {
    std::vector<float> xy;
    for (int i = 0; i < 100; ++i) xy.insert(xy.end(), {8.0f, 1.0f});
    EXPECT_LT(fitted_to(xy, 2.0).half_height, fitted_to(xy, 1.0).half_height);
}

// A cloud that is wider than high, off the origin, with outliers.
std::vector<float> slanted_cloud(double width) {
    std::vector<float> xy;
    for (int i = 0; i < 2000; ++i) {
        const int column = i % 200, row = i / 200;
        const double t = column / 199.0 - 0.5, u = row / 9.0 - 0.5;
        const double far = i % 400 == 0 ? 40.0 : 1.0;
        xy.push_back(static_cast<float>(width * far * (6 * t + 2)));
        xy.push_back(static_cast<float>(width * far * (t + u - 1)));
    }
    return xy;
}

TEST(Fitted, HoldsThePointsTheDotAAndBWhateverTheShapeOfTheCanvas) {
    for (const double width : {1e-3, 0.2, 1.0, 30.0, 3e4}) {
        for (const ImVec2 size : {ImVec2{900, 150}, ImVec2{300, 300}, ImVec2{130, 800}}) {
            for (const bool prior : {true, false}) {
                SCOPED_TRACE(testing::Message()
                             << width << ", " << size.x << " x " << size.y << ", " << prior);
                const std::vector<float> xy = slanted_cloud(width);
                const FitWish wish{point_extent(xy),
                                   prior,
                                   {{9 * width, -4 * width}, {-3 * width, 0}, {0, 5 * width}}};
                const MapRect rect = fitted(wish, size, kHeld);
                const PlaneView view(rect, {0, 0}, size);
                int inside = 0;
                for (std::size_t i = 0; i < xy.size(); i += 2)
                    inside += xy[i] > view.x_min() && xy[i] < view.x_max() &&
                              xy[i + 1] > view.y_min() && xy[i + 1] < view.y_max();
                EXPECT_GE(inside, 0.49 * static_cast<double>(xy.size()));
                for (const PlanePoint& held : wish.held) {
                    const ImVec2 at = view.to_pixel(held);
                    EXPECT_GE(at.x, kHeld - 0.5);
                    EXPECT_LE(at.x, size.x - kHeld + 0.5);
                    EXPECT_GE(at.y, kHeld - 0.5);
                    EXPECT_LE(at.y, size.y - kHeld + 0.5);
                }
                EXPECT_TRUE(holds(rect, wish, size, kHeld));
            }
        }
    }
}

TEST(Fitted, WithoutAPriorTheCodesFillTheViewHoweverWideTheyAre) {
    for (const double width : {1e-3, 1.0, 1e3}) {
        const std::vector<float> xy = slanted_cloud(width);
        const PointExtent extent = point_extent(xy);
        const MapRect rect = fitted_to(xy, 1.0, false);
        EXPECT_LT(2 * rect.half_height, 1.2 * (extent.high.x - extent.low.x)) << width;
    }
    const std::vector<float> one_spot(200, 7.0f);
    EXPECT_GT(fitted_to(one_spot, 1.0, false).half_height, 0.0);
    EXPECT_GT(fitted_to({}, 1.0, false).half_height, 0.0);
}

TEST(Holds, SeesADiscThatPokesOut) {
    const MapRect rect{.x_center = 0, .y_center = 0, .half_height = 2};
    EXPECT_TRUE(holds(rect, {{}, true, {{1.8, -1.8}}}, {400, 400}, kHeld));
    EXPECT_FALSE(holds(rect, {{}, true, {{1.95, 0}}}, {400, 400}, kHeld));
    EXPECT_FALSE(holds(rect, {{}, true, {{0, -3}}}, {400, 400}, kHeld));
}

TEST(Approached, ArrivesAndThenStandsStill) {
    MapRect rect{.x_center = 3, .y_center = -2, .half_height = 8};
    const MapRect target{.x_center = 0, .y_center = 0, .half_height = 3};
    const MapRect first = approached(rect, target, 0.016);
    EXPECT_LT(first.half_height, 8);
    EXPECT_GT(first.half_height, 3);
    for (int i = 0; i < 120; ++i) rect = approached(rect, target, 0.016);
    EXPECT_EQ(rect, target);
}

TEST(AlignedGrid, CoversTheViewWithSquareCells) {
    const PlaneView view({.x_center = 0.37, .y_center = -0.81, .half_height = 3.1}, kViewMin,
                         kViewSize);
    const explore::ManifoldRequest grid = aligned_grid(view, 26, 2500);
    EXPECT_LE(grid.x_min, view.x_min());
    EXPECT_GE(grid.x_max, view.x_max());
    EXPECT_LE(grid.y_min, view.y_min());
    EXPECT_GE(grid.y_max, view.y_max());
    const double width = (grid.x_max - grid.x_min) / grid.columns,
                 height = (grid.y_max - grid.y_min) / grid.rows;
    EXPECT_NEAR(width, height, 1e-4);
    const double cell_px = width * view.pixels_per_unit();
    EXPECT_GE(cell_px, 25.9);
    EXPECT_LT(cell_px, 26 * std::sqrt(2.0));
}

TEST(AlignedGrid, CellsStayOnTheirPlacesWhileTheViewPans) {
    const MapRect rect;
    MapRect moved = rect;
    moved.x_center += 0.123;
    moved.y_center -= 0.456;
    const auto a = aligned_grid(PlaneView(rect, kViewMin, kViewSize), 26, 2500);
    const auto b = aligned_grid(PlaneView(moved, kViewMin, kViewSize), 26, 2500);
    const double cell = (a.x_max - a.x_min) / a.columns;
    EXPECT_NEAR((b.x_max - b.x_min) / b.columns, cell, 1e-4);
    const double x_steps = (b.x_min - a.x_min) / cell, y_steps = (b.y_min - a.y_min) / cell;
    EXPECT_NEAR(x_steps, std::round(x_steps), 1e-3);
    EXPECT_NEAR(y_steps, std::round(y_steps), 1e-3);
}

TEST(AlignedGrid, CellsAreNeverTooSmallNorTooMany) {
    const PlaneView large({}, {0, 0}, {4000, 3000});
    const auto grid = aligned_grid(large, 10, 300);
    EXPECT_LE(grid.columns * grid.rows, 300);
    EXPECT_GE(grid.columns * grid.rows, 300 / 3);
    const PlaneView small({}, {0, 0}, {600, 400});
    const auto coarse = aligned_grid(small, 26, 2500);
    EXPECT_GE((coarse.x_max - coarse.x_min) / coarse.columns * small.pixels_per_unit(), 25.9);
}

TEST(ManifoldFineness, IsWhatDecodingAffordsWithinAFrame) {
    ManifoldFineness quick, slow;
    for (int i = 0; i < 50; ++i) {
        quick.took(400, 400 * 3e-6);
        slow.took(400, 400 * 60e-6);
    }
    EXPECT_GE(quick.most_cells(), 2000);
    EXPECT_LE(slow.most_cells() * 60e-6, 0.016);
    EXPECT_GE(slow.most_cells() * 60e-6, 0.008);
}

TEST(ManifoldFineness, DoesNotChangeToAndFroWithTheCost) {
    ManifoldFineness fineness;
    for (int i = 0; i < 50; ++i) fineness.took(400, 400 * (i % 2 == 0 ? 28e-6 : 32e-6));
    const int settled = fineness.most_cells();
    for (int i = 0; i < 50; ++i) {
        fineness.took(400, 400 * (i % 2 == 0 ? 28e-6 : 32e-6));
        EXPECT_EQ(fineness.most_cells(), settled);
    }
}

TEST(ManifoldFineness, KnowsNothingFromAnEmptyManifold) {
    ManifoldFineness fineness;
    const int before = fineness.most_cells();
    fineness.took(0, 1.0);
    fineness.took(100, 0.0);
    EXPECT_EQ(fineness.most_cells(), before);
}

explore::LatentMap map_of(int latents, std::vector<float> mean) {
    explore::LatentMap map;
    map.latents = latents;
    map.count = static_cast<int>(mean.size()) / latents;
    map.mean = std::move(mean);
    return map;
}

TEST(PlacedPoints, TakeTheChosenAxes) {
    const auto map = map_of(3, {1, 2, 3, 4, 5, 6});
    const PlacedPoints points = place_points(map, {}, 10, 2, 0);
    EXPECT_EQ(points.xy, (std::vector<float>{3, 1, 6, 4}));
    EXPECT_EQ(points.count(), 2);
    EXPECT_EQ(points.label(1), 0);
}

TEST(PlacedPoints, WithOneLatentLieInTheRowOfTheirLabel) {
    const std::vector<std::uint8_t> labels{0, 9, 0};
    const auto map = map_of(1, {0.5f, -0.5f, 0.5f});
    const PlacedPoints points = place_points(map, labels, 10, 0, 0);
    EXPECT_EQ(points.at(0).x, 0.5);
    EXPECT_NEAR(points.at(0).y, label_row(0, 10), 0.3);
    EXPECT_NEAR(points.at(1).y, label_row(9, 10), 0.3);
    EXPECT_NE(points.at(0).y, points.at(2).y) << "the jitter keeps equal images apart";
    EXPECT_EQ(points.xy, place_points(map, labels, 10, 0, 0).xy) << "and does not tremble";
    EXPECT_GT(label_row(0, 10), label_row(9, 10));

    explore::LatentMap wide = map;  // as of an autoencoder, whose codes no prior holds
    for (float& mean : wide.mean) mean *= 100.0f;
    const double unit = row_unit(wide);
    EXPECT_EQ(row_unit(map), 1.0);
    EXPECT_EQ(unit, std::exp2(std::round(std::log2(unit))));
    EXPECT_GT(unit, 8.0);
    EXPECT_NEAR(place_points(wide, labels, 10, 0, 0).at(0).y, unit * label_row(0, 10), 0.3 * unit);
}

TEST(PointNear, FindsTheNearestWithinTheRadius) {
    PlacedPoints points;
    points.xy = {0, 0, 1, 0, 1.1f, 0};
    points.labels = {0, 1, 2};
    EXPECT_EQ(point_near(points, 0, {0.98, 0.01}, 0.2), 1);
    EXPECT_EQ(point_near(points, 0, {0.5, 0.0}, 0.2), std::nullopt);
}

TEST(PointNear, DoesNotSeeHiddenLabels) {
    PlacedPoints points;
    points.xy = {0, 0, 1, 0, 1.1f, 0};
    points.labels = {0, 1, 2};
    EXPECT_EQ(point_near(points, 1U << 1, {0.98, 0.01}, 0.2), 2);
    EXPECT_EQ(point_near(points, 7U, {0.98, 0.01}, 0.2), std::nullopt);
}

TEST(Lifted, HoldsTheOtherLatentsAtTheAnchor) {
    ViewState view_state;
    view_state.anchor = {1, 2, 3, 4};
    view_state.x_axis = 3;
    view_state.y_axis = 1;
    const std::vector<float> z = lifted(view_state, {-1, -2});
    EXPECT_EQ(z, (std::vector<float>{1, -2, 3, -1}));
    EXPECT_EQ(projected(view_state, z).x, -1);
    EXPECT_EQ(projected(view_state, z).y, -2);
    EXPECT_EQ(off_plane(view_state, z), 0.0);
    const std::vector<float> away{4, 0, 7, 0};
    EXPECT_DOUBLE_EQ(off_plane(view_state, away), 5.0);
}

TEST(Lifted, WithOneLatentOnlyXCounts) {
    ViewState view_state;
    view_state.anchor = {0};
    view_state.x_axis = 0;
    view_state.y_axis = 0;
    EXPECT_EQ(lifted(view_state, {1.5, 9}), std::vector<float>{1.5f});
    EXPECT_EQ(projected(view_state, std::vector<float>{1.5f}).y, 0.0);
}

}  // namespace
}  // namespace elbow::gui
