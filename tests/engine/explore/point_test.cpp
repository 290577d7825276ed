#include "engine/explore/point.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

TEST(PointDetail, KlIsTheClosedFormSummedOverLatents) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(5);
    const PointDetail point = point_detail(model.vae, model.parameters, *dataset, 17, 4, 1);
    ASSERT_EQ(point.kl_per_latent.size(), 5u);
    double sum = 0.0;
    for (std::size_t n = 0; n < 5; ++n) {
        const double mean = point.mean[n];
        const double v = 2.0 * std::log(point.deviation[n]);
        const double kl = -0.5 * (1.0 + v - mean * mean - std::exp(v));
        EXPECT_NEAR(point.kl_per_latent[n], kl, 1e-5);
        sum += kl;
    }
    EXPECT_NEAR(point.kl_nats, sum, 1e-5);
    EXPECT_GT(point.kl_nats, 0.0);
    EXPECT_DOUBLE_EQ(point.bound_nats(), point.reconstruction_nats - point.kl_nats);
}

TEST(PointDetail, ReconstructionIsDecodedFromThePosteriorMean) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    const PointDetail point = point_detail(model.vae, model.parameters, *dataset, 59, 1, 1);
    EXPECT_EQ(point.index, 59);
    model::Posteriors q;
    model.vae.encode(model.parameters, dataset->batch(dataset->held_out, 59, 60), q);
    EXPECT_EQ(point.mean, q.mean);
    EXPECT_EQ(point.deviation, q.deviation);
    EXPECT_EQ(point.reconstruction, decode(model.vae, model.parameters, q.mean));
}

// log p(x|z) written out for one z.
double log_likelihood(std::span<const std::uint8_t> pixels, std::span<const float> logits) {
    double sum = 0.0;
    for (std::size_t d = 0; d < pixels.size(); ++d) {
        const double l = logits[d];
        sum += pixels[d] / 255.0 * l - std::log1p(std::exp(l));
    }
    return sum;
}

TEST(PointDetail, ReconstructionTermIsAMeanOverDrawsFromThePosterior) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    // Without variance every draw is the mean, and the term can be written down.
    const model::ParameterLayout& layout = model.vae.layout();
    const model::ParameterView& bias = layout.view("encoder.log_variance.bias");
    for (std::int64_t n = 0; n < 2; ++n) {
        model.parameters[static_cast<std::size_t>(bias.offset + n)] = -60.0f;
    }
    const PointDetail sure = point_detail(model.vae, model.parameters, *dataset, 3, 6, 1);
    std::vector<float> logits(120);
    model.vae.decode(model.parameters, sure.mean, {}, logits);
    EXPECT_NEAR(sure.reconstruction_nats,
                log_likelihood(dataset->image(dataset->held_out, 3), logits), 1e-3);
    EXPECT_EQ(sure.noise_samples, 6);
}

TEST(PointDetail, IsTheSameForTheSameSeedAndAnotherForAnother) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    const auto nats = [&](int samples, std::uint64_t seed) {
        return point_detail(model.vae, model.parameters, *dataset, 3, samples, seed)
            .reconstruction_nats;
    };
    EXPECT_EQ(nats(8, 1), nats(8, 1));
    EXPECT_NE(nats(8, 1), nats(8, 2));
    // Many draws agree on the expectation, whatever the seed: their means are within a few standard
    // errors.
    EXPECT_NEAR(nats(20000, 1), nats(20000, 2), 0.01 * std::abs(nats(20000, 1)));
}

TEST(PointDetail, RefusesImagesThatAreNotThere) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel model(2);
    EXPECT_THROW(point_detail(model.vae, model.parameters, *dataset, -1, 1, 1), UsageError);
    EXPECT_THROW(point_detail(model.vae, model.parameters, *dataset, 60, 1, 1), UsageError);
    EXPECT_THROW(point_detail(model.vae, model.parameters, *dataset, 0, 0, 1), UsageError);
    const auto other = test::tiny_dataset(10, 10, 9, 9);
    EXPECT_THROW(point_detail(model.vae, model.parameters, *other, 0, 1, 1), Error);
}

}  // namespace
}  // namespace elbow::explore
