// Which posteriors the map draws at their true size.

#include "app/gui/map/ellipses.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/exports/map.h"
#include "engine/explore/nested_order.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

// So many posteriors around the origin, with labels 0 and 1 in turn.
class Posteriors : public testing::Test {
  protected:
    void make(int count, float deviation) {
        map_.size_for(count, 2);
        labels_.clear();
        for (int i = 0; i < count; ++i) {
            labels_.push_back(static_cast<std::uint8_t>(i % 2));
            for (std::size_t axis = 0; axis < 2; ++axis) {
                const std::size_t at = 2 * static_cast<std::size_t>(i) + axis;
                map_.mean[at] = static_cast<float>(std::sin(static_cast<double>(at)));
                map_.deviation[at] = deviation * (axis == 0 ? 1.0f : 0.5f);
            }
        }
        order_ = explore::nested_order(count, labels_);
        points_ = place_points(map_, labels_, 2, 0, 1);
    }
    Ellipses in_view(double scale = 1.0, double half_height = 4.0) const {
        MapRect rect;
        rect.half_height = half_height;
        const auto side = static_cast<float>(400.0 * scale);
        const PlaneView view(rect, {0, 0}, {side, side});
        return ellipses_in(view, view, map_, order_, points_, state_, scale);
    }

    explore::LatentMap map_;
    std::vector<std::uint8_t> labels_;
    std::vector<std::uint32_t> order_;
    PlacedPoints points_;
    ViewState state_;
};

TEST_F(Posteriors, OnAWiderGroundAreThoseOfTheView) {
    make(3000, 0.3f);
    MapRect rect;
    rect.half_height = 0.5;
    const PlaneView view(rect, {0, 0}, {400, 400});
    const Ellipses seen = ellipses_in(view, view, map_, order_, points_, state_, 1.0);
    const Ellipses wide =
        ellipses_in(view, widened(view, 0.25f), map_, order_, points_, state_, 1.0);
    EXPECT_GT(seen.one_in, 1);
    EXPECT_EQ(wide.one_in, seen.one_in);
    EXPECT_GT(wide.count(), seen.count());
    EXPECT_EQ(wide.in_view, seen.count());
}

TEST_F(Posteriors, AreAllDrawnWhereTheyHaveRoom) {
    make(300, 0.1f);
    const Ellipses all = in_view();
    EXPECT_EQ(all.count(), 300);
    EXPECT_EQ(all.one_in, 1);
    const std::uint32_t first = order_.front();
    EXPECT_EQ(all.shapes[0], map_.mean[2 * first]);
    EXPECT_EQ(all.shapes[1], map_.mean[2 * first + 1]);
    EXPECT_EQ(all.shapes[2], 0.1f);
    EXPECT_EQ(all.shapes[3], 0.05f);
    EXPECT_EQ(all.labels[0], labels_[first]);
}

TEST_F(Posteriors, AreFewerTheLargerTheyAreAndTheSameOnesAtEachScale) {
    make(4000, 0.5f);
    const Ellipses wide = in_view();
    EXPECT_GT(wide.one_in, 1);
    EXPECT_EQ(wide.count(), 4000 / wide.one_in);
    EXPECT_EQ(in_view(2.0).shapes, wide.shapes);
    make(4000, 0.05f);
    const Ellipses narrow = in_view();
    EXPECT_LT(narrow.one_in, wide.one_in);
    for (int i = 0; i < 2 * wide.count(); ++i) {
        if (i % 4 > 1) continue;  // the middles of the first ones
        EXPECT_EQ(narrow.shapes[static_cast<std::size_t>(i)],
                  wide.shapes[static_cast<std::size_t>(i)])
            << "a fair sample stays one";
    }
}

TEST_F(Posteriors, OneIsDrawnHoweverLargeItIs) {
    make(100, 1e6f);
    EXPECT_GE(in_view().count(), 1);
}

TEST_F(Posteriors, LeavesOutWhatIsHiddenElsewhereOrNowhere) {
    make(300, 0.1f);
    state_.hidden_labels = 2;
    const Ellipses shown = in_view();
    EXPECT_EQ(shown.count(), 150);
    EXPECT_EQ(std::count(shown.labels.begin(), shown.labels.end(), 1), 0);
    state_.hidden_labels = 0;
    EXPECT_LT(in_view(1.0, 0.2).count(), 300);
    points_.xy[0] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(in_view().count(), 299);
    points_ = {};
    EXPECT_EQ(in_view().count(), 0) << "of another map";
}

class EllipsesExport : public Exporter {};

TEST_F(EllipsesExport, ShowsThemWhereTheLayerIsOn) {
    source_.settings.points_shown = false;
    const auto before = export_png(map_export(), source(), progress_);
    source_.settings.layers["ellipses"] = true;
    EXPECT_NE(export_png(map_export(), source(), progress_), before);
    source_.config.estimator = "autoencoder";
    source_.settings.layers["ellipses"] = false;
    const auto without = export_png(map_export(), source(), progress_);
    source_.settings.layers["ellipses"] = true;
    EXPECT_EQ(export_png(map_export(), source(), progress_), without) << "no variance is trained";
}

TEST(EllipsesLayer, DrawsThemInTheWindow) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown.count("map.ellipses"), 0u);
    ASSERT_TRUE(window.click("map.toggle.ellipses"));
    ASSERT_TRUE(window.becomes([&] { return window.shown["map.ellipses"].value == "60"; }));
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
