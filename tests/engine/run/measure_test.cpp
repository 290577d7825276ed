#include "engine/run/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/estimator/estimator.h"

namespace elbow::run {
namespace {

using ::testing::HasSubstr;

RunConfig config_with(const std::string& name) {
    RunConfig config;
    config.estimator = name;
    return config;
}

TEST(Measure, OnlyABoundAtMeanWeightsSaysSo) {
    for (const auto& entry : estimator::estimators()) {
        SCOPED_TRACE(entry.name);
        const RunConfig config = config_with(entry.name);
        const bool at_means = entry.name == "full_vb";
        EXPECT_EQ(weights_text(config), at_means ? ", mean weights" : "");
        for (const std::string& text : {held_out_title(config), draws_text(config)})
            EXPECT_EQ(text.find("mean weights") != std::string::npos, at_means) << text;
    }
    EXPECT_EQ(held_out_title(config_with("full_vb")), "Held-out bound, mean weights");
    EXPECT_EQ(held_out_title(config_with("autoencoder")), "Held-out log p(x|z)");
}

TEST(Measure, WithoutAnEncoderThereIsAppendixD) {
    EXPECT_THAT(no_bound_text(config_with("mcem")), HasSubstr("elbow eval --marginal"));
    EXPECT_THAT(no_bound_text(config_with("per_image")), HasSubstr("elbow eval --marginal"));
    EXPECT_THAT(no_bound_text(config_with("autoencoder")), HasSubstr("see Reconstruction"));
}

TEST(Prior, IsTheStandardNormalUnlessAnotherOrNoneIsChosen) {
    RunConfig config;
    EXPECT_TRUE(has_normal_prior(config));
    config.prior = "mixture";
    EXPECT_FALSE(has_normal_prior(config));
    EXPECT_TRUE(has_prior(config));
    config.prior = "normal";
    config.estimator = "autoencoder";
    EXPECT_FALSE(has_normal_prior(config));
}

}  // namespace
}  // namespace elbow::run
