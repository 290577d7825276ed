#include "engine/eval/marginal_likelihood.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/progress.h"
#include "engine/eval/full_gaussian.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::eval {
namespace {

MarginalLikelihood marginal_of(infer::LogJoint& joint, std::span<const std::uint32_t> images,
                               const MarginalSettings& settings = {}, std::uint64_t seed = 1) {
    const std::vector<float> zeros(images.size() * static_cast<std::size_t>(joint.latents()), 0.0F);
    return marginal_likelihood(joint, images, zeros, settings, seed);
}

TEST(MarginalLikelihood, ComesWithinAPercentOfTheTruthWithThePapersSettings) {
    for (const std::size_t latents : {2U, 3U}) {
        auto joint = test::LinearGaussian::random(8, latents, 100, 0.5, false, 1);
        const MarginalLikelihood result = marginal_of(joint, joint.all_images());
        const double truth = joint.mean_log_marginal();
        EXPECT_EQ(result.log_marginal.images, 100);
        EXPECT_NEAR(result.log_marginal.mean, truth, 0.01 * std::abs(truth)) << latents;
        EXPECT_NEAR(result.acceptance, 0.9, 0.04) << latents;
    }
}

TEST(MarginalLikelihood, ALongChainFindsEachImagesLogMarginal) {
    auto joint = test::LinearGaussian::random(7, 2, 8, 0.6, false, 2);
    const auto result = marginal_of(joint, joint.all_images(), {.samples = 4000});
    for (const std::uint32_t image : joint.all_images()) {
        EXPECT_NEAR(result.log_marginal.per_image[image], joint.log_marginal(image), 0.03);
    }
}

TEST(MarginalLikelihood, TheSameSeedGivesTheSameValues) {
    auto joint = test::LinearGaussian::random(7, 2, 8, 0.6, false, 2);
    const auto values = [&](std::uint64_t seed) {
        return marginal_of(joint, joint.all_images(), {.burn_in = 20}, seed).log_marginal.per_image;
    };
    EXPECT_EQ(values(1), values(1));
    EXPECT_NE(values(1), values(2));
}

TEST(MarginalLikelihood, SixLatentsAreRefusedWithAWordOnWhatToUse) {
    auto joint = test::LinearGaussian::random(10, 6, 2, 0.5, false, 1);
    try {
        marginal_of(joint, joint.all_images());
        FAIL() << "six latents were accepted";
    } catch (const UsageError& error) {
        EXPECT_NE(std::string(error.what()).find("at most 5 latents"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("importance-weighted"), std::string::npos);
    }
    auto five = test::LinearGaussian::random(10, 5, 2, 0.5, false, 1);
    EXPECT_NO_THROW(marginal_of(five, five.all_images(), {.burn_in = 10}));
}

TEST(MarginalLikelihood, WrongSettingsAreRefused) {
    auto joint = test::LinearGaussian::random(6, 3, 2, 0.5, false, 1);
    EXPECT_THROW(marginal_of(joint, joint.all_images(), {.samples = 8}), UsageError);
    EXPECT_THROW(marginal_of(joint, joint.all_images(), {.samples = 51}), UsageError);
    EXPECT_THROW(marginal_of(joint, joint.all_images(), {.burn_in = -1}), UsageError);
    EXPECT_THROW(marginal_of(joint, joint.all_images(), {.iterations_per_sample = 0}), UsageError);
    EXPECT_THROW(marginal_of(joint, joint.all_images(), {.leapfrog_steps = 0}), UsageError);
}

TEST(MarginalLikelihood, CanBeStoppedAndSaysHowFarItIs) {
    auto joint = test::LinearGaussian::random(6, 2, 2, 0.5, false, 1);
    const std::vector<float> zeros(4, 0.0F);
    double last = 0.0;
    const auto watch = [&](double fraction) {
        EXPECT_GT(fraction, last);
        last = fraction;
    };
    marginal_likelihood(joint, joint.all_images(), zeros, {.burn_in = 5}, 1, watch);
    EXPECT_DOUBLE_EQ(last, 1.0);
    const auto stop = [](double) { throw Cancelled(); };
    EXPECT_THROW(marginal_likelihood(joint, joint.all_images(), zeros, {}, 1, stop), Cancelled);
}

// A model that knows only image 0.
class KnowsOneImage : public infer::LogJoint {
  public:
    int latents() const override { return 1; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        for (std::size_t r = 0; r < images.size(); ++r) {
            const bool known = images[r] == 0;
            log_density[r] = known ? -0.5 * static_cast<double>(z[r]) * z[r]
                                   : -std::numeric_limits<double>::infinity();
            gradient[r] = -z[r];
        }
    }
};

TEST(MarginalLikelihood, AnImageWhoseChainCannotMoveHasNoValue) {
    KnowsOneImage joint;
    const std::vector<std::uint32_t> images = {0, 1};
    const ImageMean result = marginal_of(joint, images).log_marginal;
    EXPECT_EQ(result.images, 1);
    EXPECT_TRUE(std::isnan(result.per_image[1]));
    EXPECT_NEAR(result.mean, 0.5 * test::kLog2Pi, 0.2);  // the integral of e^(-z^2 / 2)
}

TEST(FullGaussian, IsTheSamplesMeanAndCovariance) {
    const std::vector<float> samples = {1, 0, -1, 0, 0, 2, 0, -2};
    const auto q = FullGaussian::fit(samples, 2);
    ASSERT_TRUE(q.has_value());
    // Mean 0, covariance diag(2/3, 8/3).
    EXPECT_NEAR(q->log_density(std::vector<float>{1.0F, 1.0F}),
                -test::kLog2Pi - 0.5 * std::log(16.0 / 9.0) - 0.5 * (1.5 + 0.375), 1e-12);
    EXPECT_FALSE(FullGaussian::fit(std::vector<float>{1, 1, 2, 2, 3, 3}, 2).has_value());
    EXPECT_FALSE(FullGaussian::fit(std::vector<float>{1, 1, 1, 1}, 1).has_value());
}

}  // namespace
}  // namespace elbow::eval
