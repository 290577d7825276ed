// What is learnt does not depend on how many threads learn it.

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

constexpr std::int64_t kSteps = 50;

// |a - b| / |b|
double relative_distance(const std::vector<float>& a, const std::vector<float>& b) {
    double difference = 0.0;
    double size = 0.0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        const double error = double{a[i]} - b[i];
        difference += error * error;
        size += double{b[i]} * b[i];
    }
    return std::sqrt(difference / size);
}

// The estimator, and the likelihood.
class Threads : public testing::TestWithParam<std::tuple<const char*, const char*>> {
  protected:
    static std::vector<float> learnt_by(int threads) {
        RunConfig config = test::tiny_config();
        std::tie(config.estimator, config.likelihood) = GetParam();
        config.noise_samples = 2;
        return test::weights_after(config, test::tiny_dataset(), kSteps, threads);
    }
};

TEST_P(Threads, AsManyOfThemGiveTheSameBits) {
    for (const int threads : {1, 2, 3}) {
        const std::vector<float> learnt = learnt_by(threads);
        EXPECT_EQ(learnt, learnt_by(threads)) << threads << " threads";
    }
}

// Every sum over a minibatch is made by one thread, in the order of the images. But each multiplies
// the rows of its share, and for a matrix of another size oneDNN may add up in another order: the
// last bits differ, about 1e-7 of the weights after these steps. (A dreamt pixel whose probability
// lies that near to its draw could turn over and leave more; with this seed none does.)
TEST_P(Threads, AnotherNumberOfThemGivesTheSameWeights) {
    const std::vector<float> alone = learnt_by(1);
    for (const int threads : {2, 3, 4})
        EXPECT_LE(relative_distance(learnt_by(threads), alone), 1e-6) << threads << " threads";
}

INSTANTIATE_TEST_SUITE_P(Estimators, Threads,
                         testing::Combine(testing::Values("sgvb_b", "sgvb_a", "wake_sleep"),
                                          testing::Values("bernoulli", "gaussian")),
                         [](const auto& one) {
                             return std::string(std::get<0>(one.param)) + "_" +
                                    std::get<1>(one.param);
                         });

}  // namespace
}  // namespace elbow::train
