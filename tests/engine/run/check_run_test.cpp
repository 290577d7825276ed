// What cannot be trained is refused before anything is made, and another estimator never leads
// there.

#include "engine/run/check_run.h"

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "tests/engine/train/training.h"

namespace elbow::run {
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
        EXPECT_EQ(other.gradients, "autograd") << entry.name;
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

TEST(CheckRun, RoundedProductsAreForEstimatorsThatHaveAnEncoder) {
    for (const char* name : {"bfloat16", "float16"}) {
        RunConfig config = tiny_config();
        config.gradients = name;
        EXPECT_EQ(with_estimator(config, "iwae").gradients, name);
        EXPECT_EQ(with_estimator(config, "mcem").gradients, "auto");
        config.estimator = "per_image";
        EXPECT_THROW(check_run(config, *test::tiny_dataset()), UsageError);
    }
}

TEST(CheckRun, AModelThatDoesNotFitIntoMemoryIsRefusedWithItsNeed) {
    RunConfig config = tiny_config();
    config.network = "mlp";
    config.of_members["widths"] =
        std::string("10000,10000,10000,10000,10000,10000,10000,10000");  // 700 million each way
    try {
        check_new_run(config, *test::tiny_dataset());
        GTEST_SKIP() << "this computer has room for it";
    } catch (const UsageError& error) {
        EXPECT_NO_THROW(check_run(config, *test::tiny_dataset())) << "it may be under way already";
        EXPECT_NE(std::string(error.what()).find("GB are available"), std::string::npos)
            << error.what();
    }
}

TEST(CheckRun, WhatNoModelCanBeIsRefused) {
    const auto dataset = test::tiny_dataset();
    const auto refused = [&](const char* option, const char* value, const char* with,
                             const char* with_value) {
        RunConfig config = tiny_config();
        set_option_from_text(config, *find_run_option(option), value);
        set_option_from_text(config, *find_run_option(with), with_value);
        EXPECT_THROW(check_run(config, *dataset), UsageError) << option << " with " << with;
    };
    refused("posterior", "planar", "prior", "vamp");
    refused("posterior", "planar", "estimator", "wake_sleep");
    refused("network", "mlp", "gradients", "fused");
    refused("likelihood", "continuous-bernoulli", "targets", "binarised");
    refused("estimator", "per_image", "augment", "shifts");
    refused("estimator", "mcem", "augment", "flips");
    RunConfig config = tiny_config();
    EXPECT_THROW(set_option_from_text(config, *find_run_option("components"), "0"), UsageError);
}

}  // namespace
}  // namespace elbow::run
