#include "engine/eval/bound.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/data/dataset.h"
#include "engine/fused/architecture.h"
#include "tests/engine/fused/reference_vae.h"

namespace elbow::eval {
namespace {

constexpr fused::Architecture kSmall{.height = 6, .width = 5, .hidden = 19, .latents = 3};
constexpr float kScale = 1.0F / 255.0F;
constexpr std::uint64_t kBoundSeed = 17;

data::ImageSet images(int count) {
    data::ImageSet set;
    set.count = count;
    set.pixels = test::random_pixels(static_cast<std::size_t>(count) * kSmall.dimensions(), 2);
    return set;
}

Bound bound_of(const data::ImageSet& set, int noise_samples, int team_size,
               std::uint64_t seed = kBoundSeed) {
    Team team(team_size);
    const data::Batch batch{
        .pixels = set.pixels.data(),
        .dimensions = static_cast<std::int64_t>(set.pixels.size()) / std::max(set.count, 1),
        .scale = kScale,
        .indices = {},
        .count = set.count};
    return lower_bound(kSmall, test::random_parameters(kSmall, 1), batch, noise_samples, seed,
                       team);
}

void expect_equal_bits(const Bound& a, const Bound& b) {
    EXPECT_EQ(a.reconstruction, b.reconstruction);
    EXPECT_EQ(a.kl, b.kl);
    EXPECT_EQ(a.kl_per_latent, b.kl_per_latent);
    EXPECT_EQ(a.images, b.images);
}

TEST(LowerBound, IsTheSameToTheLastBitForTeamsOfAnySize) {
    for (const int count : {1, 250, 251, 1100}) {
        const data::ImageSet set = images(count);
        const Bound alone = bound_of(set, 2, 1);
        for (const int size : {2, 3, 5}) expect_equal_bits(alone, bound_of(set, 2, size));
    }
}

TEST(LowerBound, IsTheMeanOfEveryImagesOwnBound) {
    constexpr int kCount = 511;
    const data::ImageSet set = images(kCount);
    const test::ReferenceVae reference(kSmall, test::random_parameters(kSmall, 1));
    for (const int noise_samples : {1, 3}) {
        const std::size_t per_image = static_cast<std::size_t>(noise_samples) * 3;
        std::vector<float> epsilon(kCount * per_image);
        Stream(kBoundSeed, "evaluation").normals(0, epsilon);
        double reconstruction = 0.0;
        double kl = 0.0;
        for (std::size_t i = 0; i < kCount; ++i) {
            const auto pixels =
                std::span(set.pixels).subspan(i * kSmall.dimensions(), kSmall.dimensions());
            const auto noise = test::doubles(std::span(epsilon).subspan(i * per_image, per_image));
            const auto terms = reference.terms(test::targets(pixels, kScale), noise, noise_samples);
            reconstruction += terms.reconstruction / kCount;
            kl += terms.kl / kCount;
        }
        const Bound bound = bound_of(set, noise_samples, 2);
        EXPECT_EQ(bound.images, kCount);
        EXPECT_NEAR(bound.reconstruction, reconstruction, 1e-6 * std::abs(reconstruction));
        EXPECT_NEAR(bound.kl, kl, 1e-6 * kl);
        EXPECT_NEAR(bound.bound(), reconstruction - kl, 1e-5);
    }
}

TEST(LowerBound, TheKlOfTheLatentsAddsUpToTheKl) {
    const Bound bound = bound_of(images(300), 1, 1);
    ASSERT_EQ(bound.kl_per_latent.size(), 3U);
    double sum = 0.0;
    for (const double kl : bound.kl_per_latent) {
        EXPECT_GT(kl, 0.0);
        sum += kl;
    }
    EXPECT_NEAR(bound.kl, sum, 1e-12);
}

TEST(LowerBound, ItsNoiseFollowsTheSeedAndNotTheCall) {
    const data::ImageSet set = images(300);
    expect_equal_bits(bound_of(set, 1, 1), bound_of(set, 1, 1));
    const Bound other = bound_of(set, 1, 1, kBoundSeed + 1);
    EXPECT_NE(bound_of(set, 1, 1).reconstruction, other.reconstruction);
    EXPECT_EQ(bound_of(set, 1, 1).kl, other.kl);  // the KL has no noise in it
}

TEST(LowerBound, MoreNoiseSamplesEstimateTheSameBound) {
    const data::ImageSet set = images(1000);
    const Bound one = bound_of(set, 1, 1);
    const Bound many = bound_of(set, 30, 1);
    EXPECT_NEAR(one.reconstruction, many.reconstruction, 0.02 * std::abs(many.reconstruction));
    EXPECT_EQ(one.kl, many.kl);
}

TEST(LowerBound, ImagesThatDoNotFitTheModelThrow) {
    data::ImageSet set = images(10);
    set.pixels.own().resize(set.pixels.size() + 10);
    EXPECT_THROW(bound_of(set, 1, 1), Error);
    EXPECT_THROW(bound_of(data::ImageSet{}, 1, 1), Error);
    EXPECT_THROW(bound_of(images(10), 0, 1), UsageError);
}

}  // namespace
}  // namespace elbow::eval
