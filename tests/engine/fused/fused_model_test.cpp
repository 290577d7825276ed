#include "engine/fused/fused_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/engine/fused/reference_vae.h"

namespace elbow::fused {
namespace {

using test::ReferenceVae;

Architecture small(Activation activation, int latents) {
    return {.height = 9, .width = 7, .hidden = 37, .latents = latents, .activation = activation};
}

data::Batch batch_of(const std::vector<std::uint8_t>& pixels, std::size_t dimensions, float scale) {
    return {.pixels = pixels.data(),
            .dimensions = static_cast<std::int64_t>(dimensions),
            .scale = scale,
            .indices = {},
            .count = static_cast<std::int64_t>(pixels.size() / dimensions)};
}

void expect_encoding_of_the_reference(const Architecture& architecture, int count) {
    const auto dimensions = static_cast<std::size_t>(architecture.dimensions());
    const auto latents = static_cast<std::size_t>(architecture.latents);
    const auto parameters = test::random_parameters(architecture, 5);
    const auto pixels = test::random_pixels(count * dimensions, 6);
    FusedModel model(architecture);
    model::Posteriors q;
    model.encode(parameters, batch_of(pixels, dimensions, 1.0F / 255.0F), q);

    const ReferenceVae reference(architecture, parameters);
    for (int row = 0; row < count; ++row) {
        const auto image = std::span(pixels).subspan(row * dimensions, dimensions);
        const auto expected = reference.encode(test::targets(image, 1.0F / 255.0F));
        for (std::size_t n = 0; n < latents; ++n) {
            const float* own = q.heads.data() + row * 2 * latents;
            EXPECT_NEAR(own[n], expected.mean[n], 3e-6);
            EXPECT_NEAR(own[latents + n], expected.log_variance[n], 3e-6);
        }
    }
}

TEST(FusedModel, EncodesAsTheFormulasSay) {
    for (const Activation activation : {Activation::kTanh, Activation::kRelu}) {
        for (const int latents : {1, 2, 20}) {
            for (const int count : {1, 7, 300}) {
                SCOPED_TRACE(testing::Message() << latents << " latents, " << count << " images");
                expect_encoding_of_the_reference(small(activation, latents), count);
            }
        }
    }
}

void expect_decoding_of_the_reference(const Architecture& architecture, int count) {
    const auto dimensions = static_cast<std::size_t>(architecture.dimensions());
    const auto latents = static_cast<std::size_t>(architecture.latents);
    const auto parameters = test::random_parameters(architecture, 7);
    std::vector<float> z(count * latents);
    Stream(8, "z").normals(0, z);
    FusedModel model(architecture);
    std::vector<float> logits(count * dimensions);
    model.decode(parameters, z, {}, logits);
    std::vector<std::uint8_t> images(count * dimensions);
    model.pictures(parameters, logits, images);
    std::vector<float> means(images.size());
    model.means(parameters, logits, means);

    const ReferenceVae reference(architecture, parameters);
    for (int row = 0; row < count; ++row) {
        const auto code = test::doubles(std::span(z).subspan(row * latents, latents));
        const auto expected = reference.decode(code);
        for (std::size_t d = 0; d < dimensions; ++d) {
            const std::size_t i = row * dimensions + d;
            EXPECT_NEAR(logits[i], expected[d], 1e-5);
            const double grey = 255.0 / (1.0 + std::exp(-expected[d]));
            EXPECT_NEAR(means[i], grey / 255.0, 1e-5);
            EXPECT_LE(std::abs(images[i] - grey), 0.5 + 1e-3);  // rounded to the nearest value
        }
    }
}

TEST(FusedModel, DecodesAsTheFormulasSay) {
    for (const Activation activation : {Activation::kTanh, Activation::kRelu}) {
        for (const int latents : {1, 2, 20}) {
            for (const int count : {1, 7, 300}) {
                SCOPED_TRACE(testing::Message() << latents << " latents, " << count << " images");
                expect_decoding_of_the_reference(small(activation, latents), count);
            }
        }
    }
}

TEST(FusedModel, AnImageDecodesTheSameAfterALargerBatchUsedTheWorkspace) {
    const Architecture architecture = small(Activation::kTanh, 2);
    const auto parameters = test::random_parameters(architecture, 9);
    const std::vector<float> z = {0.3F, -1.2F};
    std::vector<float> before(architecture.dimensions());
    std::vector<float> after(architecture.dimensions());
    FusedModel model(architecture);
    model.decode(parameters, z, {}, before);
    std::vector<float> many(200, 2.5F);
    std::vector<float> many_logits(100 * architecture.dimensions());
    model.decode(parameters, many, {}, many_logits);
    model.decode(parameters, z, {}, after);
    EXPECT_EQ(before, after);
}

TEST(GaussianLogLikelihood, EqualsTheDirectFormulaWithAndWithoutAFloor) {
    constexpr int kDimensions = 63;
    constexpr int kCount = 50;
    const auto pixels = test::random_pixels(kCount * kDimensions, 3);
    std::vector<float> outputs(kCount * kDimensions * 2);
    Stream(4, "outputs").normals(0, outputs);
    for (float& output : outputs) output *= 3.0F;  // log variances down to about -12
    for (const bool floor : {true, false}) {
        SCOPED_TRACE(floor ? "with a floor" : "without");
        FusedModel model(Architecture{.height = 9,
                                      .width = 7,
                                      .hidden = 3,
                                      .latents = 1,
                                      .likelihood = Likelihood::kGaussian,
                                      .variance_floor = floor});
        std::vector<double> nats(kCount);
        model.log_likelihood({}, batch_of(pixels, kDimensions, 1.0F / 256.0F), outputs, nats);
        for (int row = 0; row < kCount; ++row) {
            const auto x = test::targets(std::span(pixels).subspan(row * kDimensions, kDimensions),
                                         1.0 / 256.0);
            const auto out =
                test::doubles(std::span(outputs).subspan(row * kDimensions * 2, kDimensions * 2));
            const double expected = test::gaussian_log_likelihood(x, out, floor);
            EXPECT_NEAR(nats[row], expected, 5e-5 * std::abs(expected));
        }
    }
}

TEST(GaussianLogLikelihood, AFloorKeepsTheDensityOfACertainPixelFinite) {
    const std::vector<std::uint8_t> pixels = {128};
    std::vector<double> nats(1);
    const std::vector<float> outputs = {0.0F, -80.0F};  // mean 1/2, the pixel's own value
    const auto density = [&](bool floor) {
        FusedModel model(Architecture{.height = 1,
                                      .width = 1,
                                      .hidden = 1,
                                      .latents = 1,
                                      .likelihood = Likelihood::kGaussian,
                                      .variance_floor = floor});
        model.log_likelihood({}, batch_of(pixels, 1, 1.0F / 256.0F), outputs, nats);
        return nats[0];
    };
    EXPECT_NEAR(density(true), -0.5 * (std::log(2.0 * std::numbers::pi) - 13.5753), 1e-3);
    EXPECT_GT(density(false), 39.0);
}

TEST(BernoulliLogLikelihood, EqualsTheDirectFormulaForGreyTargets) {
    constexpr int kDimensions = 63;
    constexpr int kCount = 50;
    const auto pixels = test::random_pixels(kCount * kDimensions, 3);
    std::vector<float> logits(kCount * kDimensions);
    Stream(4, "logits").normals(0, logits);
    for (float& logit : logits) logit *= 6.0F;
    std::vector<double> nats(kCount);
    FusedModel model(Architecture{.height = 9, .width = 7, .hidden = 3, .latents = 1});
    model.log_likelihood({}, batch_of(pixels, kDimensions, 1.0F / 255.0F), logits, nats);
    for (int row = 0; row < kCount; ++row) {
        // Directly: sum_d x log y + (1 - x) log(1 - y), y = sigmoid(l).
        double expected = 0.0;
        for (int d = 0; d < kDimensions; ++d) {
            const double x = pixels[row * kDimensions + d] / 255.0;
            const double l = logits[row * kDimensions + d];
            const double y = 1.0 / (1.0 + std::exp(-l));
            expected += x * std::log(y) + (1.0 - x) * std::log(1.0 - y);
        }
        EXPECT_NEAR(nats[row], expected, 2e-6 * std::abs(expected));
    }
}

double log_likelihood_of_one(std::uint8_t pixel, float logit) {
    const std::vector<std::uint8_t> pixels = {pixel};
    const std::vector<float> logits = {logit};
    std::vector<double> nats(1);
    FusedModel model(Architecture{.height = 1, .width = 1, .hidden = 1, .latents = 1});
    model.log_likelihood({}, batch_of(pixels, 1, 1.0F / 255.0F), logits, nats);
    return nats[0];
}

TEST(BernoulliLogLikelihood, StaysFiniteAndExactForExtremeLogits) {
    for (const float size : {30.0F, 90.0F, 1e3F, 1e10F, 1e30F}) {
        SCOPED_TRACE(size);
        // Certain and right: nothing lost. Certain and wrong: |l| nats.
        EXPECT_NEAR(log_likelihood_of_one(255, size), 0.0, 1e-6 * size);
        EXPECT_NEAR(log_likelihood_of_one(0, -size), 0.0, 1e-12);
        EXPECT_NEAR(log_likelihood_of_one(0, size), -size, 1e-6 * size);
        EXPECT_NEAR(log_likelihood_of_one(255, -size), -size, 1e-6 * size);
    }
    EXPECT_NEAR(log_likelihood_of_one(128, 0.0F), -std::log(2.0), 1e-7);
}

// Every pixel contributes log 2: the largest product of factors that there is.
TEST(BernoulliLogLikelihood, OfALargeUncertainImageIsThatOfItsPixels) {
    constexpr int kSide = 128;
    constexpr int kPixels = kSide * kSide;
    const std::vector<std::uint8_t> pixels(kPixels, 128);
    const std::vector<float> logits(kPixels, 0.0F);
    std::vector<double> nats(1);
    FusedModel model(Architecture{.height = kSide, .width = kSide, .hidden = 1, .latents = 1});
    model.log_likelihood({}, batch_of(pixels, kPixels, 1.0F / 255.0F), logits, nats);
    EXPECT_NEAR(nats[0], -kPixels * std::log(2.0), 1e-6 * kPixels);
}

TEST(BernoulliLogLikelihood, IsLargestWhereTheMeanEqualsTheGreyTarget) {
    const double x = 77.0 / 255.0;
    const auto best = static_cast<float>(std::log(x / (1.0 - x)));
    const double peak = log_likelihood_of_one(77, best);
    EXPECT_GT(peak, log_likelihood_of_one(77, best + 0.1F));
    EXPECT_GT(peak, log_likelihood_of_one(77, best - 0.1F));
    EXPECT_NEAR(peak, x * std::log(x) + (1.0 - x) * std::log(1.0 - x), 1e-6);
}

}  // namespace
}  // namespace elbow::fused
