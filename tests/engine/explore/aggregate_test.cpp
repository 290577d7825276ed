#include "engine/explore/aggregate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace elbow::explore {
namespace {

LatentMap one_cloud(int count) {
    LatentMap map;
    map.size_for(count, 2);
    for (std::size_t i = 0; i < map.mean.size(); i += 2) {
        map.mean[i] = 1.0f;  // along the first latent all say the same, and are sure
        map.deviation[i] = 0.01f;
        map.mean[i + 1] = 0.0f;  // along the second they say nothing: N(0, 1)
        map.deviation[i + 1] = 1.0f;
    }
    return map;
}

TEST(AggregateHistograms, OfWhatIsSureIsOneBinAndOfADeadLatentThePrior) {
    const std::vector<float> ends{4.0f, 4.0f};
    const int bins = 16;  // half a unit wide
    const std::vector<float> heights = aggregate_histograms(one_cloud(200'000), ends, bins);
    ASSERT_EQ(heights.size(), 32u);
    // 1 is where two bins meet.
    for (std::size_t bin = 0; bin < 16; ++bin) {
        const bool there = bin == 9 || bin == 10;
        EXPECT_EQ(heights[bin] > 0.5f, there) << bin;
    }
    for (std::size_t bin = 0; bin < 16; ++bin) {
        const double low = -4.0 + 0.5 * static_cast<double>(bin), high = low + 0.5;
        const double mass =
            0.5 * (std::erf(high / std::sqrt(2.0)) - std::erf(low / std::sqrt(2.0)));
        EXPECT_NEAR(heights[16 + bin], mass / (0.5 * std::erf(0.5 / std::sqrt(2.0))), 0.03) << bin;
    }
}

TEST(AggregateHistograms, LeavesOutWhatLiesBeyondOrNowhere) {
    LatentMap map = one_cloud(4);
    map.mean[0] = std::numeric_limits<float>::quiet_NaN();
    map.mean[2] = 1e30f;
    const std::vector<float> ends{4.0f, 1e-6f};
    const std::vector<float> heights = aggregate_histograms(map, ends, 8);
    EXPECT_EQ(*std::max_element(heights.begin(), heights.begin() + 8), 1.0f);
    for (const float height : heights) EXPECT_TRUE(std::isfinite(height));
}

}  // namespace
}  // namespace elbow::explore
