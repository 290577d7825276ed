#include "engine/train/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/estimator/estimator.h"

namespace elbow::train {
namespace {

using ::testing::HasSubstr;

RunConfig with_estimator(const std::string& name) {
    RunConfig config;
    config.estimator = name;
    return config;
}

TEST(Measure, OnlyABoundAtMeanWeightsSaysSo) {
    for (const auto& entry : estimator::estimators()) {
        SCOPED_TRACE(entry.name);
        const RunConfig config = with_estimator(entry.name);
        const bool at_means = entry.name == "full_vb";
        EXPECT_EQ(weights_text(config), at_means ? ", mean weights" : "");
        for (const std::string& text : {held_out_title(config), draws_text(config)})
            EXPECT_EQ(text.find("mean weights") != std::string::npos, at_means) << text;
    }
    EXPECT_EQ(held_out_title(with_estimator("full_vb")), "Held-out bound, mean weights");
    EXPECT_EQ(held_out_title(with_estimator("autoencoder")), "Held-out log p(x|z)");
}

TEST(Measure, WithoutAnEncoderThereIsAppendixD) {
    EXPECT_THAT(no_bound_text(with_estimator("mcem")), HasSubstr("elbow eval --marginal"));
    EXPECT_THAT(no_bound_text(with_estimator("per_image")), HasSubstr("elbow eval --marginal"));
    EXPECT_THAT(no_bound_text(with_estimator("autoencoder")), HasSubstr("see Reconstruction"));
}

}  // namespace
}  // namespace elbow::train
