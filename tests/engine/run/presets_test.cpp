#include "engine/run/presets.h"

#include <gtest/gtest.h>

#include "engine/data/datasets.h"
#include "engine/run/automatic.h"
#include "engine/run/check_run.h"
#include "engine/run/choices.h"
#include "engine/run/paper.h"

namespace elbow::run {
namespace {

const Preset& preset(const char* name) { return presets().at(name); }

TEST(Presets, EachSetsTheSameOptionsOnceSoThatOneTakesThePlaceOfAnother) {
    const auto names_of = [](const Preset& each) {
        std::vector<std::string_view> names;
        for (const auto& [name, value] : each.values({})) names.push_back(name);
        return names;
    };
    for (const Preset& each : presets()) EXPECT_EQ(names_of(each), names_of(preset("plain")));
    for (const Preset& first : presets()) {
        for (const Preset& second : presets()) {
            RunConfig config;
            config.latents = 20;
            EXPECT_EQ(with_preset(second, with_preset(first, config)), with_preset(second, config))
                << first.name << ", " << second.name;
        }
    }
}

TEST(Presets, AreRunsThatCanBeForEveryEstimatorAndNetwork) {
    for (const Preset& each : presets()) {
        for (const Choice& estimator : choices_of(*find_run_option("estimator"))) {
            RunConfig config;
            config.estimator = estimator.name;
            if (estimator.name == "autoencoder") config.noise_samples = 1;
            EXPECT_NO_THROW(check_choices(with_preset(each, config))) << each.name;
        }
        for (const Choice& network : choices_of(*find_run_option("network"))) {
            RunConfig config;
            config.network = network.name;
            EXPECT_NO_THROW(check_choices(with_preset(each, config))) << each.name;
        }
    }
}

TEST(Presets, PlainIsWhatAConfigurationIsByItself) {
    EXPECT_EQ(with_preset(preset("plain"), RunConfig{}), RunConfig{});
    EXPECT_EQ(preset_text(preset("plain"), RunConfig{}), "");
    EXPECT_EQ(preset_of(RunConfig{}), &preset("plain"));
}

TEST(Presets, PaperIsThePapersExperimentWhereTheRunIsOneOfItsModels) {
    for (const char* name : {"mnist-20", "frey-2"}) {
        const PaperModel model = *parse_paper_model(name);
        RunConfig config = paper_config(model, *find_paper_method("aevb"));
        const RunConfig paper = config;
        config.optimizer = "adam";
        config.step_size = 0.5;
        config.activation = "relu";
        config.initialisation = "glorot";
        EXPECT_EQ(with_preset(preset("paper"), config), paper) << name;
    }
    RunConfig other;  // not of the paper, and yet as it would have been done
    other.dataset = "emoji";
    EXPECT_EQ(with_preset(preset("paper"), other).optimizer, "adagrad");
}

TEST(Presets, WhatThePersonChoseStays) {
    RunConfig config;
    config.step_size = 0.25;
    const Option* step_size = find_run_option("step-size");
    EXPECT_EQ(with_preset(preset("quick"), config, {step_size}).step_size, 0.25);
    EXPECT_NE(with_preset(preset("quick"), config, {}).step_size, 0.25);
    EXPECT_EQ(preset_of(config), nullptr);
}

TEST(Presets, QuickTakesTheFastestGradientsUnlessOthersWereAskedFor) {
    RunConfig config;
    EXPECT_EQ(with_preset(preset("quick"), config).gradients, "fastest");
    for (const char* exact : {"plain", "paper"}) {
        EXPECT_EQ(with_preset(preset(exact), with_preset(preset("quick"), config)).gradients,
                  "auto")
            << exact;
    }
    config.gradients = "autograd";
    config.device = "cuda";
    for (const Preset& each : presets())
        EXPECT_EQ(with_preset(each, config).gradients, "autograd") << each.name;
    EXPECT_EQ(preset_of(with_preset(preset("quick"), config)), &preset("quick"));
    EXPECT_EQ(usual_config(config).gradients, "fastest") << "to which one can go back";
    RunConfig before = with_preset(preset("quick"), RunConfig{});
    before.gradients = "auto";  // as quick had it before there was "fastest"
    EXPECT_EQ(preset_of(before), &preset("quick"));
}

TEST(Presets, TheUsualOneIsQuickAndSaysWhatItChose) {
    EXPECT_EQ(usual_preset().name, "quick");
    EXPECT_EQ(preset_of(usual_config({})), &preset("quick"));
    const std::string text = preset_text(preset("quick"), RunConfig{});
    EXPECT_NE(text.find("activation relu"), std::string::npos) << text;
    EXPECT_NE(text.find("step size 0.00"), std::string::npos) << text;
}

TEST(Presets, QuickBeginsWithTheMeanImageWherePixelsAreBernoulli) {
    RunConfig config;
    EXPECT_EQ(likelihood_of(config), "bernoulli");
    EXPECT_EQ(with_preset(preset("quick"), config).initialisation, "mean");
    EXPECT_EQ(with_preset(preset("quick"), config).optimizer, "nadam");
    config.likelihood = "gaussian";
    EXPECT_EQ(with_preset(preset("quick"), config).initialisation, "glorot");
    EXPECT_EQ(with_preset(preset("quick"), config).optimizer, "adam");
    EXPECT_EQ(with_preset(preset("quick"), config).average, "tail");
    config.network = "conv";
    EXPECT_EQ(with_preset(preset("quick"), config), with_preset(preset("plain"), config));
    config.likelihood = "auto";
    EXPECT_EQ(with_preset(preset("quick"), config).optimizer, "nadam");
}

TEST(Presets, QuickKeepsToWhatWasMeasured) {
    for (const char* estimator : {"wake_sleep", "mcem", "full_vb", "per_image"}) {
        RunConfig config;
        config.estimator = estimator;
        EXPECT_EQ(with_preset(preset("quick"), config), with_preset(preset("plain"), config))
            << estimator;
    }
}

}  // namespace
}  // namespace elbow::run
