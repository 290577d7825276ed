// Which latents are in use, and which two the map shows by itself.

#include "engine/explore/active_latents.h"

#include <gtest/gtest.h>

#include <cmath>

namespace elbow::explore {
namespace {

using Axes = std::pair<int, int>;

TEST(ByActivity, SortsFromTheMostActive) {
    EXPECT_EQ(by_activity(std::vector<float>{0.1f, 3.0f, 0.0f, 2.0f}),
              (std::vector<int>{1, 3, 0, 2}));
    EXPECT_EQ(by_activity(std::vector<float>{1.0f, 1.0f, 1.0f}), (std::vector<int>{0, 1, 2}));
    EXPECT_EQ(by_activity(std::vector<float>{NAN, 1.0f, NAN, 2.0f}),
              (std::vector<int>{3, 1, 0, 2}));
}

TEST(ActiveAxes, AreTheTwoMostActiveLatents) {
    EXPECT_EQ(active_axes({0, 1}, std::vector<float>{0.0f, 0.1f, 5.0f, 0.0f, 7.0f}), Axes(4, 2));
    EXPECT_EQ(active_axes({0, 0}, std::vector<float>{0.0f, 1.0f, 5.0f}), Axes(2, 1));
    EXPECT_EQ(active_axes({7, -1}, std::vector<float>{0.0f, 1.0f, 5.0f}), Axes(2, 1));
}

TEST(ActiveAxes, KeepTheirPlacesWhileTheyAreAmongTheMostActive) {
    EXPECT_EQ(active_axes({2, 1}, std::vector<float>{0.0f, 5.0f, 3.0f}), Axes(2, 1));
    EXPECT_EQ(active_axes({2, 1}, std::vector<float>{3.1f, 5.0f, 3.0f}), Axes(2, 1)) << "nearly";
    EXPECT_EQ(active_axes({2, 1}, std::vector<float>{3.4f, 5.0f, 3.0f}), Axes(0, 1));
}

TEST(ActiveAxes, StayWhereNothingIsKnown) {
    EXPECT_EQ(active_axes({3, 1}, std::vector<float>(5, NAN)), Axes(3, 1));
    EXPECT_EQ(active_axes({3, 1}, std::vector<float>(5, 0.0f)), Axes(3, 1));
    EXPECT_EQ(active_axes({0, 0}, std::vector<float>{1.0f}), Axes(0, 0));
}

TEST(SpreadPerLatent, IsTheVarianceOfTheMeans) {
    const LatentMap map{2, 3, {1, 10, 3, 10, NAN, 10}, {}};
    const std::vector<float> spread = spread_per_latent(map);
    ASSERT_EQ(spread.size(), 2u);
    EXPECT_FLOAT_EQ(spread[0], 1.0f);
    EXPECT_FLOAT_EQ(spread[1], 0.0f);
}

TEST(LatentsNamed, AreFoundByTheBeginningOfTheirNumber) {
    const std::vector<int> order{11, 0, 4, 1, 10};
    EXPECT_EQ(latents_named(order, ""), order);
    EXPECT_EQ(latents_named(order, "z"), order);
    EXPECT_EQ(latents_named(order, "1"), (std::vector<int>{11, 0, 10}));
    EXPECT_EQ(latents_named(order, "z12"), (std::vector<int>{11}));
    EXPECT_EQ(latents_named(order, " Z 5"), (std::vector<int>{4}));
    EXPECT_TRUE(latents_named(order, "7").empty());
}

}  // namespace
}  // namespace elbow::explore
