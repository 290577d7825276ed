#include "engine/explore/amortisation.h"

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/explore/point.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

using infer::RefinementSettings;

constexpr RefinementSettings kSure{.steps = 300, .evaluation_samples = 20000};

TEST(Amortisation, TheBoundBeforeIsThatOfTheEncodersAnswer) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    const auto refined = refine_point(model.vae, model.parameters, *dataset, 17,
                                      {.steps = 1, .evaluation_samples = 20000}, 1);
    const PointDetail point = point_detail(model.vae, model.parameters, *dataset, 17, 20000, 1);
    EXPECT_EQ(refined.index, 17);
    EXPECT_NEAR(refined.bound_before, point.bound_nats(), 0.4);  // some standard errors
}

TEST(Amortisation, ARefinedBoundIsThatOfTheDecoderUnderItsOwnMeanAndVariance) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    const auto refined = refine_point(model.vae, model.parameters, *dataset, 5, kSure, 1);
    EXPECT_EQ(refined.steps, 300);
    ASSERT_GT(refined.gap_nats(), 0.5) << "an encoder of random weights knows nothing";
    // The encoder is made to answer with what per-image inference found, whatever the image.
    std::vector<float> told = model.parameters;
    const model::ParameterLayout& layout = model.vae.layout();
    const auto answer = [&](const char* weight, const char* bias, const std::vector<float>& with) {
        const model::ParameterView& w = layout.view(weight);
        std::fill_n(told.begin() + w.offset, w.size(), 0.0f);
        std::copy(with.begin(), with.end(), told.begin() + layout.view(bias).offset);
    };
    answer("encoder.mean.weight", "encoder.mean.bias", refined.mean);
    std::vector<float> log_variance;
    for (const float deviation : refined.deviation)
        log_variance.push_back(2.0F * std::log(deviation));
    answer("encoder.log_variance.weight", "encoder.log_variance.bias", log_variance);
    const PointDetail point = point_detail(model.vae, told, *dataset, 5, 20000, 1);
    EXPECT_NEAR(refined.bound_after, point.bound_nats(), 0.1);
    // From there, nothing is left to gain.
    EXPECT_LT(refine_point(model.vae, told, *dataset, 5, kSure, 1).gap_nats(), 0.02);
}

TEST(Amortisation, AHundredStepsFindAlmostAllOfTheGap) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    for (const int image : {0, 17, 59}) {
        const auto quick =
            refine_point(model.vae, model.parameters, *dataset, image, kPointRefinement, 1);
        RefinementSettings same_noise = kPointRefinement;
        same_noise.steps = 1000;
        const auto slow = refine_point(model.vae, model.parameters, *dataset, image, same_noise, 1);
        EXPECT_EQ(quick.bound_before, slow.bound_before);
        EXPECT_GT(quick.gap_nats(), 0.9 * slow.gap_nats());
    }
}

TEST(Amortisation, IsTheSameInPiecesAsAtOnce) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(3);
    PointRefinement pieces(model.vae, model.parameters, *dataset, 9, kPointRefinement, 1);
    int calls = 1;
    while (!pieces.advance(7)) ++calls;
    EXPECT_EQ(calls, 15);
    const RefinedPoint found = pieces.result();
    const RefinedPoint at_once =
        refine_point(model.vae, model.parameters, *dataset, 9, kPointRefinement, 1);
    EXPECT_EQ(found.mean, at_once.mean);
    EXPECT_EQ(found.deviation, at_once.deviation);
    EXPECT_EQ(found.bound_before, at_once.bound_before);
    EXPECT_EQ(found.bound_after, at_once.bound_after);
    EXPECT_EQ(found.steps, 100);
}

TEST(Amortisation, RefusesImagesThatAreNotThere) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    for (const int image : {-1, 60}) {
        EXPECT_THROW(
            refine_point(model.vae, model.parameters, *dataset, image, kPointRefinement, 1),
            UsageError);
    }
}

}  // namespace
}  // namespace elbow::explore
