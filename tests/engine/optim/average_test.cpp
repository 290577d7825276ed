#include "engine/optim/average.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/core/rng.h"

namespace elbow::optim {
namespace {

constexpr AverageSettings kSettings{.span = 16 * 20, .part = 0.1};

// What a mean of `counts` sets of weights comes to, each of one number.
double mean_of(const char* average, const std::vector<double>& weights,
               const AverageSettings& settings = kSettings) {
    double mean = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double share =
            averages().at(average).share(static_cast<std::int64_t>(i) + 1, settings);
        mean += share * (weights[i] - mean);
    }
    return mean;
}

std::vector<double> counted(int count) {
    std::vector<double> weights;
    for (int i = 1; i <= count; ++i) weights.push_back(i);
    return weights;
}

TEST(Average, TheListBeginsWithNone) {
    EXPECT_EQ(averages().names(), "off, exponential, tail");
    EXPECT_EQ(averages().at("off").share, nullptr);
    EXPECT_EQ(average_share(averages().at("off"), kAverageEvery, kSettings), 0.0);
}

TEST(Average, IsTheOnlyWeightsOfOne) {
    for (const char* average : {"exponential", "tail"})
        EXPECT_DOUBLE_EQ(mean_of(average, {7.5}), 7.5) << average;
}

TEST(Average, TheExponentialOneIsPlainUntilItReachesBackFarEnough) {
    EXPECT_NEAR(mean_of("exponential", counted(20)), 10.5, 1e-12);
    // Far along, the newest weights are as many updates ahead of the mean as it reaches back.
    EXPECT_NEAR(mean_of("exponential", counted(2000)), 2000.0 - 19.0, 1e-9);
}

TEST(Average, TheTailWeighsByAPowerOfTheNumber) {
    // 1 / 10 is the ninth power, up to the terms of the rising factorial.
    for (const int count : {1, 5, 200}) {
        double sum = 0.0;
        double total = 0.0;
        for (int i = 1; i <= count; ++i) {
            const double weight = std::exp(std::lgamma(i + 9.0) - std::lgamma(i));
            sum += weight * i;
            total += weight;
        }
        EXPECT_NEAR(mean_of("tail", counted(count)), sum / total, 1e-9 * count) << count;
    }
}

TEST(Average, ATailOverAllIsThePlainMean) {
    EXPECT_NEAR(mean_of("tail", counted(101), {.span = 1, .part = 1.0}), 51.0, 1e-9);
}

TEST(Average, IsOfTheNewestWeightsAndThenOfEachSoManyethUpdate) {
    const AverageEntry& tail = averages().at("tail");
    for (std::int64_t update = 1; update < kAverageEvery; ++update)
        EXPECT_EQ(average_share(tail, update, kSettings), 1.0) << update;
    EXPECT_EQ(average_share(tail, kAverageEvery, kSettings), 1.0);
    EXPECT_EQ(average_share(tail, 2 * kAverageEvery, kSettings), 10.0 / 11.0);
    EXPECT_EQ(average_share(tail, 2 * kAverageEvery + 1, kSettings), 0.0);
}

TEST(Average, LeavesTheWeightsToTheOptimiserAndKeepsTheirMean) {
    constexpr std::int64_t kSize = 100;
    std::vector<float> alone(kSize);
    Stream(1, "test").normals(0, alone);
    std::vector<float> averaged = alone;
    const auto adam = optimizers().at("adam").make(kSize);
    const auto both = with_average(optimizers().at("adam").make(kSize), kSize);
    std::vector<double> mean(kSize, 0.0);
    for (int i = 1; i <= 10; ++i) {
        std::vector<float> gradients(kSize);
        Stream(static_cast<std::uint64_t>(i), "gradients").normals(0, gradients);
        StepSettings settings{
            .step_size = 0.01, .step = i, .weight_prior = 0.0, .minibatch = 5, .warmup_steps = 0};
        adam->update(alone, gradients, 0, kSize, settings);
        settings.average_share = i % 2 == 0 ? 2.0 / i : 0.0;
        both->update(averaged, gradients, 0, 30, settings);
        both->update(averaged, gradients, 30, kSize, settings);
        for (std::size_t k = 0; k < mean.size(); ++k)
            mean[k] += settings.average_share * (alone[k] - mean[k]);
    }
    EXPECT_EQ(averaged, alone);
    const Optimizer::State kept = both->state().back();
    EXPECT_EQ(kept.name, kAveragedWeights);
    EXPECT_EQ(both->state().size(), adam->state().size() + 1);
    for (std::size_t k = 0; k < mean.size(); ++k) EXPECT_NEAR((*kept.values)[k], mean[k], 1e-6);
}

}  // namespace
}  // namespace elbow::optim
