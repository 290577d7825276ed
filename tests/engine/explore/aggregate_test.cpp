#include "engine/explore/aggregate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/rng.h"
#include "tests/engine/explore/tiny_model.h"

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
        EXPECT_NEAR(heights[16 + bin], mass / (0.5 * std::erf(0.5 / std::sqrt(2.0))), 0.06) << bin;
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

// Posteriors of means from N(0, a^2) and deviation b, a^2 + b^2 = c^2: their mean is N(0, c^2).
LatentMap gaussian_codes(int count, int latents, float a, float b) {
    LatentMap map;
    map.size_for(count, latents);
    Stream(7, "codes").normals(0, map.mean);
    for (float& mean : map.mean) mean *= a;
    std::fill(map.deviation.begin(), map.deviation.end(), b);
    return map;
}

TEST(AggregatePosterior, OfCodesThatFillThePriorIsThePrior) {
    test::TinyModel tiny(2);
    const Aggregate found =
        aggregate(gaussian_codes(20'000, 2, 0.8f, 0.6f), tiny.vae, tiny.parameters);
    double mass = 0.0;
    const ManifoldRequest& plane = found.plane;
    const double cell = (double{plane.x_max} - plane.x_min) / plane.columns *
                        (double{plane.y_max} - plane.y_min) / plane.rows;
    const double highest = *std::max_element(found.prior.begin(), found.prior.end());
    for (std::size_t i = 0; i < found.nats.size(); ++i) {
        mass += std::exp(found.nats[i]) * cell;
        if (found.prior[i] < highest - 2.0) continue;
        EXPECT_NEAR(found.nats[i], found.prior[i], 0.15) << i;
    }
    EXPECT_NEAR(mass, 1.0, 0.01);
    for (std::size_t part = 0; part < found.lines.size(); ++part) {
        double sum = 0.0, count = 0.0;
        for (const ContourLine& line : found.lines[part]) {
            for (const ContourPoint& at : line) {
                sum += std::hypot(at.x, at.y);
                ++count;
            }
        }
        EXPECT_NEAR(sum / count, static_cast<double>(part) + 1.0, 0.1);
    }
    EXPECT_NEAR(found.kl_from_prior, 0.0, 3.0 * found.kl_error + 0.02);
    // I(x; z) of a Gaussian channel: log(c / b) for each latent.
    EXPECT_NEAR(found.information, 2.0 * std::log(1.0 / 0.6), 0.12);
    EXPECT_GT(found.at(0.0, 0.0), found.edge);
    EXPECT_LT(found.at(3.9, 0.0), found.edge);
    EXPECT_EQ(found.at(100.0, 0.0), -std::numeric_limits<double>::infinity());
}

TEST(AggregatePosterior, OfNarrowerCodesIsItsClosedFormAwayFromThePrior) {
    test::TinyModel tiny(3);
    const double c = 0.5;  // N(0, c^2) against N(0, 1): log(1/c) + (c^2 - 1) / 2 for each latent
    const Aggregate found =
        aggregate(gaussian_codes(20'000, 3, 0.4f, 0.3f), tiny.vae, tiny.parameters, 2, 0);
    const double kl = 3.0 * (std::log(1.0 / c) + 0.5 * (c * c - 1.0));
    EXPECT_NEAR(found.kl_from_prior, kl, 4.0 * found.kl_error + 0.03);
    EXPECT_EQ(found.plane.x_axis, 2);
    EXPECT_FALSE(found.prior.empty()) << "N(0, 1) along any axis";
    EXPECT_NEAR(found.nats[80 * 160 + 80], -std::log(2.0 * 3.14159265 * c * c), 0.15);
}

TEST(AggregatePosterior, LeavesOutWhatIsNowhere) {
    test::TinyModel tiny(2);
    LatentMap map = gaussian_codes(1000, 2, 0.8f, 0.6f);
    map.mean[10] = std::numeric_limits<float>::quiet_NaN();
    map.mean[20] = std::numeric_limits<float>::infinity();
    const Aggregate found = aggregate(map, tiny.vae, tiny.parameters);
    for (const double nats : found.nats) EXPECT_TRUE(std::isfinite(nats));
    EXPECT_TRUE(std::isfinite(found.edge));
    EXPECT_TRUE(std::isfinite(found.kl_from_prior));
    EXPECT_LT(found.draws, 512);
    LatentMap one = gaussian_codes(50, 1, 0.8f, 0.6f);
    test::TinyModel line(1);
    const Aggregate row = aggregate(one, line.vae, line.parameters, 0, 0);
    EXPECT_EQ(row.plane.rows, 1);
    EXPECT_TRUE(row.lines[0].empty());
    EXPECT_EQ(row.draws, 50);
}

}  // namespace
}  // namespace elbow::explore
