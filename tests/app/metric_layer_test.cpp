// The layers of the map that show the decoder's geometry: its metric and the ways from A to B.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/gui/exports/map.h"
#include "app/gui/exports/path.h"
#include "app/gui/map/metric_marks.h"
#include "engine/live/questions/metric.h"
#include "engine/live/questions/path_geometry.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

// Four cells of a unit, from the middle of the plane.
explore::Metric four_cells() {
    explore::Metric metric;
    metric.plane.columns = metric.plane.rows = 2;
    metric.plane.x_min = metric.plane.y_min = -1;
    metric.plane.x_max = metric.plane.y_max = 1;
    metric.tensors = {{1, 0, 1}, {4, 0, 4}, {1, 0, 1}, {4, 0, 4}};
    return metric;
}

TEST(VolumeShade, IsLinearInTheLogarithmBetweenTheCells) {
    const VolumeShade shade(four_cells());
    EXPECT_NEAR(shade.low(), 0.0, 1e-6);
    EXPECT_NEAR(shade.high(), std::log(4.0), 1e-6);
    EXPECT_NEAR(shade.at({-0.5, 0.2}).value(), 0.0, 1e-6);
    EXPECT_NEAR(shade.at({0.5, -0.2}).value(), 1.0, 1e-6);
    EXPECT_NEAR(shade.at({0.0, 0.9}).value(), 0.5, 1e-6);
    EXPECT_NEAR(shade.at({-0.25, 0.0}).value(), 0.25, 1e-6);
    EXPECT_FALSE(shade.at({1.1, 0.0}).has_value());
}

TEST(VolumeShade, IsNowhereWhereTheDecoderGivesNoNumber) {
    explore::Metric metric = four_cells();
    metric.tensors[1].xx = std::numeric_limits<float>::quiet_NaN();
    const VolumeShade shade(metric);
    EXPECT_FALSE(shade.at({0.4, 0.4}).has_value());
    EXPECT_TRUE(shade.at({-0.5, -0.5}).has_value());
}

TEST(MetricMarks, AreOfARoundDistanceAndApart) {
    explore::Metric metric = four_cells();
    metric.plane.columns = metric.plane.rows = 40;
    metric.plane.x_min = metric.plane.y_min = -2;
    metric.plane.x_max = metric.plane.y_max = 2;
    metric.tensors.assign(1600, {9.0f, 0.0f, 1.0f});
    const PlaneView view({0, 0, 2}, {0, 0}, {400, 400});
    const MetricMarks marks = metric_marks(metric, view, 1.0);
    EXPECT_GT(marks.ellipses.size(), 30u);
    EXPECT_LT(marks.ellipses.size(), 70u);
    EXPECT_NEAR(marks.distance, 0.2, 1e-9);
    for (const MetricMark& mark : marks.ellipses) {
        EXPECT_NEAR(mark.shape.short_radius, 0.2 / 3.0, 1e-6);
        EXPECT_NEAR(mark.shape.long_radius, 0.2, 1e-6);
    }
    // They stay where they are while the view pans.
    metric.plane.x_min += 0.3f;
    metric.plane.x_max += 0.3f;
    const MetricMarks panned = metric_marks(metric, view, 1.0);
    int same = 0;
    for (const MetricMark& mark : panned.ellipses) {
        same += static_cast<int>(
            std::any_of(marks.ellipses.begin(), marks.ellipses.end(), [&](const MetricMark& other) {
                return std::hypot(mark.at.x - other.at.x, mark.at.y - other.at.y) < 1e-4;
            }));
    }
    EXPECT_GT(same, 30);
    metric.tensors.assign(1600, {0.0f, 0.0f, 0.0f});
    EXPECT_TRUE(metric_marks(metric, view, 1.0).ellipses.empty());
}

TEST(MetricLayer, IsAskedForWhileItIsOn) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    const auto view = [&] { return window.runs.in_hand().link.views().get<live::MetricView>(); };
    EXPECT_EQ(view(), nullptr) << "nobody asks for it";
    ASSERT_TRUE(window.click("map.toggle.metric"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.metric") > 0; }));
    EXPECT_NE(window.shown["map.metric"].value.find(" ellipses"), std::string::npos);
    EXPECT_GT(window.shown.count("map.legend.metric"), 0u);
    ASSERT_TRUE(window.click("map.toggle.manifold"));
    window.frame();
    EXPECT_EQ(window.shown.count("map.metric"), 0u) << "one backdrop at a time";
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(LengthsLayer, ShowsThreeWaysAndTheGeodesicIsTheShortest) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.click("map.toggle.lengths"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.lengths") > 0; }));
    const auto view = window.runs.in_hand().link.views().get<live::PathGeometryView>();
    const explore::PathGeometry& geometry = view->geometry;
    EXPECT_LE(geometry.length(explore::PathKind::kGeodesic),
              geometry.length(explore::PathKind::kStraight));
    ASSERT_TRUE(window.click("strip.kind"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("strip.kind.geodesic") > 0; }));
    ASSERT_TRUE(window.click("strip.kind.geodesic"));
    window.frame();
    EXPECT_EQ(window.runs.in_hand().view_state.path_kind, explore::PathKind::kGeodesic);
    EXPECT_EQ(window.shown["strip.kind"].value, "geodesic");
    ASSERT_TRUE(window.click("strip.even"));
    EXPECT_TRUE(window.runs.in_hand().view_state.path_even);
    EXPECT_EQ(NullGl::refused(), "");
}

class GeometryExport : public Exporter {};

TEST_F(GeometryExport, AreInThePictureOfTheMap) {
    source_.settings.points_shown = false;
    const auto before = export_png(map_export(), source(), progress_);
    source_.settings.backdrop = Backdrop::kMetric;
    const auto with_metric = export_png(map_export(), source(), progress_);
    EXPECT_NE(with_metric, before);
    source_.settings.layers["lengths"] = true;
    EXPECT_NE(export_png(map_export(), source(), progress_), with_metric);
}

TEST_F(GeometryExport, TheStripIsOfThePathThatWasChosen) {
    const auto straight = export_png(path_export(), source(), progress_);
    source_.view_state.path_kind = explore::PathKind::kGeodesic;
    const auto geodesic = export_png(path_export(), source(), progress_);
    EXPECT_NE(geodesic, straight);
    source_.view_state.path_kind = explore::PathKind::kStraight;
    source_.view_state.path_even = true;
    EXPECT_NE(export_png(path_export(), source(), progress_), straight);
}

}  // namespace
}  // namespace elbow::gui
