// Which of many points the map draws, without a display.

#include "app/gui/map/thinning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <utility>

#include "app/gui/map/map_legend.h"
#include "engine/explore/nested_order.h"

namespace elbow::gui {
namespace {

constexpr int kCount = 100'000;

PlaneView view_of(double half_height, double x = 0.0) {
    return {{.x_center = x, .y_center = 0.0, .half_height = half_height}, {0, 0}, {900, 700}};
}

using PointPlace = std::pair<float, float>;

std::set<PointPlace> places(const std::vector<float>& xy) {
    std::set<PointPlace> found;
    for (std::size_t i = 0; i < xy.size(); i += 2) found.insert({xy[i], xy[i + 1]});
    return found;
}

// Normal around the middle; label 0 has seven tenths of them, 1 the rest.
class Thinning : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        std::mt19937 random(5);
        std::normal_distribution<float> normal;
        points.xy.resize(2 * std::size_t{kCount});
        for (float& value : points.xy) value = normal(random);
        for (int i = 0; i < kCount; ++i) points.labels.push_back(i % 10 < 7 ? 0 : 1);
        in_order = ranked(points, explore::nested_order(kCount, points.labels));
    }
    static void TearDownTestSuite() {
        points = {};
        in_order = {};
    }

    static ThinnedPoints shown_in(const PlaneView& view, std::uint32_t hidden = 0,
                                  int most = kMostPointsDrawn) {
        ThinnedPoints shown;
        thin(in_order, view, view, 0.0, hidden, most, shown);
        return shown;
    }
    static int in_view(const PlaneView& view) {
        int count = 0;
        for (int i = 0; i < points.count(); ++i) {
            const PlanePoint at = points.at(i);
            count += at.x >= view.x_min() && at.x <= view.x_max() && at.y >= view.y_min() &&
                     at.y <= view.y_max();
        }
        return count;
    }

    static PlacedPoints points;
    static RankedPoints in_order;
};
PlacedPoints Thinning::points;
RankedPoints Thinning::in_order;

TEST_F(Thinning, DrawsNoMoreThanAskedForAndNotFewerThanAThird) {
    for (const double half_height : {8.0, 3.0, 1.5, 1.0, 0.7}) {
        for (const int most : {2000, kMostPointsDrawn}) {
            const ThinnedPoints shown = shown_in(view_of(half_height), 0, most);
            EXPECT_LE(shown.count(), most);
            EXPECT_EQ(shown.points.labels.size(), static_cast<std::size_t>(shown.count()));
            EXPECT_GE(shown.count(), shown.one_in > 1 ? most / 3 : 0) << half_height;
        }
    }
}

TEST_F(Thinning, ShowsAllThatIsNear) {
    const PlaneView near = view_of(0.2, 0.3);
    const ThinnedPoints shown = shown_in(near);
    EXPECT_EQ(shown.one_in, 1);
    EXPECT_GT(shown.count(), 1000);
    EXPECT_EQ(shown.count(), in_view(near));
}

TEST_F(Thinning, KeepsTheDensityOfEachLabel) {
    const ThinnedPoints shown = shown_in(view_of(8.0));
    EXPECT_EQ(shown.one_in, 16);
    EXPECT_EQ(shown.count(), kCount / 16);
    const auto first = std::count(shown.points.labels.begin(), shown.points.labels.end(), 0);
    EXPECT_NEAR(static_cast<double>(first) / shown.count(), 0.7, 1e-3);
    // In a part of the plane, too, one in sixteen: to within four standard deviations.
    const auto in_part = [](const std::vector<float>& xy) {
        double count = 0;
        for (std::size_t i = 0; i < xy.size(); i += 2) count += xy[i] > 1.0f && xy[i + 1] > 0.0f;
        return count;
    };
    const double all = in_part(points.xy);
    EXPECT_NEAR(16 * in_part(shown.points.xy), all, 4 * std::sqrt(16 * all));
}

TEST_F(Thinning, AddsPointsAndTakesNoneAwayAsTheViewCloses) {
    std::set<PointPlace> before;
    int one_in = kCount;
    for (double half_height = 4.0; half_height > 0.05; half_height *= 0.8) {
        const PlaneView view = view_of(half_height, 0.2);
        const ThinnedPoints shown = shown_in(view);
        EXPECT_LE(shown.one_in, one_in);
        one_in = shown.one_in;
        const std::set<PointPlace> now = places(shown.points.xy);
        for (const PointPlace& place : before) {
            const bool here = place.first >= static_cast<float>(view.x_min()) &&
                              place.first <= static_cast<float>(view.x_max()) &&
                              place.second >= static_cast<float>(view.y_min()) &&
                              place.second <= static_cast<float>(view.y_max());
            ASSERT_TRUE(!here || now.count(place) > 0) << half_height;
        }
        before = now;
    }
    EXPECT_EQ(one_in, 1);
}

TEST_F(Thinning, GivesTheRoomOfHiddenLabelsToTheOthers) {
    const PlaneView view = view_of(8.0);
    const ThinnedPoints shown = shown_in(view, 1U << 0);
    EXPECT_EQ(shown.one_in, 4);
    EXPECT_EQ(std::count(shown.points.labels.begin(), shown.points.labels.end(), 0), 0);
    EXPECT_EQ(shown.count(), 7500);
    EXPECT_EQ(shown_in(view, 3U).count(), 0);
}

// So that points neither come nor go where a view begins to pan over a wider ground.
TEST_F(Thinning, OnAWiderGroundIsThatOfTheView) {
    for (const double half_height : {0.3, 1.0, 8.0}) {
        const PlaneView view = view_of(half_height), ground = widened(view, 0.25f);
        const ThinnedPoints seen = shown_in(view);
        ThinnedPoints wide;
        thin(in_order, view, ground, 0.0, 0, kMostPointsDrawn, wide);
        EXPECT_EQ(wide.one_in, seen.one_in);
        EXPECT_EQ(wide.in_view, seen.count()) << half_height;
        EXPECT_TRUE(half_height > 2.0 || wide.count() > seen.count());
    }
}

TEST_F(Thinning, OfAGroundIsLimitedWhereNothingIsInView) {
    const PlaneView aside({.x_center = 12.0, .y_center = 0.0, .half_height = 1.0}, {0, 0},
                          {400, 400});
    ThinnedPoints shown;
    thin(in_order, aside, view_of(20.0), 0.0, 0, 1000, shown);
    EXPECT_EQ(shown.in_view, 0);
    EXPECT_LE(shown.count(), 3000);
    EXPECT_GT(shown.one_in, 1);
}

TEST_F(Thinning, LeavesOutWhatHasNoPlace) {
    RankedPoints lost = in_order;
    for (std::size_t i = 0; i < lost.xy.size(); i += 4) lost.xy[i] = NAN;
    ThinnedPoints shown;
    thin(lost, view_of(8.0), view_of(8.0), 0.0, 0, kMostPointsDrawn, shown);
    EXPECT_EQ(std::count_if(shown.points.xy.begin(), shown.points.xy.end(),
                            [](float v) { return v != v; }),
              0);
    EXPECT_GT(shown.count(), 4000);
}

TEST_F(Thinning, OfFewPointsIsNone) {
    PlacedPoints few;
    for (int i = 0; i < 10; ++i) few.xy.insert(few.xy.end(), {0.1f * static_cast<float>(i), 0.0f});
    ThinnedPoints shown;
    thin(ranked(few, {}), view_of(2.0), view_of(2.0), 0.0, 0, 10, shown);
    EXPECT_EQ(shown.one_in, 1);
    EXPECT_EQ(shown.points.xy, few.xy) << "in the order of their numbers";
    EXPECT_TRUE(shown.points.labels.empty());
}

TEST_F(Thinning, SamplesFitTheViewAsAllPointsDo) {
    const std::span<const float> sample = sample_places(in_order, kMostPointsDrawn);
    ASSERT_EQ(sample.size(), 2U * kMostPointsDrawn);
    const auto fitting = [](std::span<const float> xy) {
        return fitted({.points = point_extent(xy), .prior = false, .held = {}}, {1300, 1000}, 0.0f);
    };
    const MapRect whole = fitting(points.xy), part = fitting(sample);
    EXPECT_NEAR(part.half_height / whole.half_height, 1.0, 0.04);
    EXPECT_NEAR(part.x_center, whole.x_center, 0.1);
}

TEST_F(Thinning, IsSaidWithItsNumbers) {
    const std::string text = thinning_text({12'500, 8}, kCount);
    EXPECT_NE(text.find("12 500 points"), std::string::npos) << text;
    EXPECT_NE(text.find("one in 8 "), std::string::npos) << text;
    EXPECT_NE(text.find("100 000 held-out"), std::string::npos) << text;
}

}  // namespace
}  // namespace elbow::gui
