// What cannot be trained is refused before anything is made, and another estimator never leads
// there.

#include "engine/train/check_run.h"

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/train/race.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::tiny_config;

TEST(CheckRun, RefusesWhatNeitherDataNorEstimatorCanServe) {
    const auto dataset = test::tiny_dataset();
    EXPECT_NO_THROW(check_run(tiny_config(), *dataset));
    const auto refused = [&](auto change) {
        RunConfig config = tiny_config();
        change(config);
        EXPECT_THROW(check_run(config, *dataset), UsageError);
    };
    refused([](RunConfig& c) { c.train_images = 1'000'000; });
    refused([](RunConfig& c) { c.minibatch = 10'000; });
    refused([](RunConfig& c) { c.latents = 0; });
    refused([](RunConfig& c) { c.estimator = "nobody"; });
    refused([](RunConfig& c) {
        c.likelihood = "gaussian";
        c.targets = "binarised";
    });
    refused([](RunConfig& c) {
        c.estimator = "full_vb";
        c.weight_prior = "on";
    });
    refused([](RunConfig& c) {
        c.estimator = "wake_sleep";
        c.kl_warmup = 100;
    });
    refused([](RunConfig& c) { c.device = "gpu"; });
    refused([](RunConfig& c) { c.device = "cuda"; });  // with our own kernels
}

TEST(CheckRun, AnotherEstimatorTakesNothingAlongThatItRefuses) {
    const auto dataset = test::tiny_dataset();
    RunConfig config = tiny_config();
    config.beta = 4.0;
    config.kl_warmup = 100;
    config.weight_prior = "on";
    config.gradients = "autograd";
    config.device = "cpu";
    for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
        const RunConfig other = with_estimator(config, entry.name);
        EXPECT_NO_THROW(check_run(other, *dataset)) << entry.name;
        EXPECT_EQ(other.estimator, entry.name);
        EXPECT_EQ(other.latents, config.latents);
        EXPECT_EQ(other.beta, entry.weighs_kl ? 4.0 : 1.0) << entry.name;
        EXPECT_EQ(other.gradients, entry.autograd_factory ? "autograd" : "fused") << entry.name;
    }
}

TEST(CheckRun, TargetsThatChangeAreForEstimatorsThatHaveAnEncoder) {
    RunConfig config = tiny_config();
    config.targets = "redrawn";
    EXPECT_EQ(with_estimator(config, "full_vb").targets, "redrawn");
    EXPECT_EQ(with_estimator(config, "mcem").targets, "binarised");
    config.estimator = "mcem";
    EXPECT_THROW(check_run(config, *test::tiny_dataset()), UsageError);
}

TEST(CheckRun, ARaceIsOnTargetsThatSuitBoth) {
    const auto dataset = test::tiny_dataset();
    RunConfig config = tiny_config();
    for (const char* targets : {"grey", "binarised", "redrawn"}) {
        config.targets = targets;
        for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
            const auto [first, wished] = race_against(config, entry.name);
            const RunConfig rival = rival_of(first, wished);
            EXPECT_NO_THROW(check_run(first, *dataset)) << entry.name << ", " << targets;
            EXPECT_NO_THROW(check_run(rival, *dataset)) << entry.name << ", " << targets;
            EXPECT_EQ(rival.estimator, entry.name);
        }
    }
}

TEST(CheckRun, RoundedProductsAreForEstimatorsThatHaveAnEncoder) {
    RunConfig config = tiny_config();
    config.gradients = "bfloat16";
    EXPECT_EQ(with_estimator(config, "iwae").gradients, "bfloat16");
    EXPECT_EQ(with_estimator(config, "mcem").gradients, "fused");
    config.estimator = "per_image";
    EXPECT_THROW(check_run(config, *test::tiny_dataset()), UsageError);
}

}  // namespace
}  // namespace elbow::train
