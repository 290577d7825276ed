#include "engine/run/automatic.h"

#include <gtest/gtest.h>

#include "engine/data/targets.h"
#include "engine/fused/fastest_precision.h"
#include "engine/fused/rounded_products.h"
#include "engine/run/spec_of_run.h"
#include "tests/engine/train/training.h"

namespace elbow::run {
namespace {

std::string text_of(const char* option, const RunConfig& config) {
    return choice_text(*find_run_option(option), {"auto", "auto", ""}, config);
}

TEST(Automatic, GradientsAreSaidToBeComputedWhereTheyAre) {
    RunConfig config;
    EXPECT_EQ(text_of("device", config), "auto (cpu)");
    EXPECT_EQ(gradients_text(config), "our kernels on the CPU");
    config.gradients = "bfloat16";
    EXPECT_EQ(gradients_text(config), "our kernels in bfloat16");
    config.gradients = "float16";
    EXPECT_EQ(gradients_text(config), "our kernels in float16");
    config.gradients = "autograd";
    EXPECT_EQ(gradients_text(config), "LibTorch on the CPU");
    config.device = "cuda";
    EXPECT_EQ(gradients_text(config), "LibTorch on cuda:0, whole steps");
    config.estimator = "mcem";
    EXPECT_EQ(gradients_text(config), "LibTorch on cuda:0, updates on the CPU");
}

TEST(Automatic, FastestIsWhatProcessorsOfThisKindAreFasterWith) {
    const auto* rounded = fused::find_rounded_products(fused::fastest_precision());
    const std::string kernels = rounded != nullptr ? rounded->name : "fused";
    const Option& gradients = *find_run_option("gradients");
    RunConfig config;
    config.gradients = "fastest";
    EXPECT_EQ(resolved_gradients(config), kernels);
    EXPECT_EQ(choice_text(gradients, {"fastest", "fastest", ""}, {}), "fastest (" + kernels + ")");
    EXPECT_EQ(choice_text(gradients, {"fused", "fused", ""}, config), "fused");
    EXPECT_EQ(text_of("gradients", config), "auto (fused)");
    config.estimator = "mcem";  // its inference is in float32
    EXPECT_EQ(resolved_gradients(config), "fused");
    config.estimator = "sgvb_b";
    config.network = "conv";
    EXPECT_EQ(resolved_gradients(config), "autograd");
}

TEST(Automatic, TheLikelihoodSuitsTheDataAndTheTargets) {
    RunConfig config;
    EXPECT_EQ(text_of("likelihood", config), "auto (bernoulli)");
    config.likelihood = "gaussian";  // what is chosen does not change what auto would be
    EXPECT_EQ(text_of("likelihood", config), "auto (bernoulli)");
    config.dataset = "frey";
    EXPECT_EQ(text_of("likelihood", config), "auto (gaussian)");
    config.targets = "binarised";
    EXPECT_EQ(text_of("likelihood", config), "auto (bernoulli)");
    config.dataset = "of another program";
    EXPECT_EQ(text_of("likelihood", config), "auto (bernoulli)");
}

TEST(Automatic, TheLikelihoodIsTheModels) {
    for (const bool continuous : {true, false}) {
        for (const char* targets : {"grey", "binarised", "redrawn"}) {
            data::Dataset dataset = *test::tiny_dataset();
            dataset.continuous = continuous;
            RunConfig config = test::tiny_config();
            config.targets = targets;
            const auto targeted = data::with_targets(std::make_shared<const data::Dataset>(dataset),
                                                     data::targets_of(targets));
            const model::ModelSpec spec = spec_of(config, *targeted);
            config.dataset = continuous ? "frey" : "mnist";
            const bool gaussian = spec.likelihood.name == "gaussian";
            EXPECT_EQ(text_of("likelihood", config),
                      gaussian ? "auto (gaussian)" : "auto (bernoulli)");
        }
    }
}

TEST(Automatic, ThePriorOnTheWeightsComesWithAdagradWhereTheObjectiveHasNone) {
    RunConfig config;
    EXPECT_EQ(text_of("weight-prior", config), "auto (off)");
    config.optimizer = "adagrad";
    EXPECT_EQ(text_of("weight-prior", config), "auto (on)");
    config.weight_prior = "off";
    EXPECT_EQ(text_of("weight-prior", config), "auto (on)");
    EXPECT_FALSE(adds_weight_prior(config));
    config.weight_prior = "auto";
    EXPECT_TRUE(adds_weight_prior(config));
    config.estimator = "full_vb";
    EXPECT_EQ(text_of("weight-prior", config), "auto (off)");
}

}  // namespace
}  // namespace elbow::run
