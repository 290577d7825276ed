#include "engine/infer/gaussian_posterior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/progress.h"
#include "tests/engine/infer/linear_gaussian.h"

namespace elbow::infer {
namespace {

constexpr std::size_t kLatents = 3;

test::LinearGaussian model(bool diagonal_posterior) {
    return test::LinearGaussian::random(8, kLatents, 12, 0.4, diagonal_posterior, 1);
}

// From N(0, I).
RefinedPosterior refined(test::LinearGaussian& joint, const RefinementSettings& settings = {}) {
    const std::vector<float> zeros(joint.count() * kLatents, 0.0F);
    return refine_posterior(joint, joint.all_images(), zeros, zeros, settings, 2);
}

TEST(GaussianPosterior, ReachesADiagonalPosteriorFromThePrior) {
    auto joint = model(true);
    const RefinedPosterior result = refined(joint);
    const std::vector<double> variance = joint.posterior_variance();
    for (const std::uint32_t image : joint.all_images()) {
        const std::vector<double> mean = joint.posterior_mean(image);
        for (std::size_t n = 0; n < kLatents; ++n) {
            const std::size_t k = image * kLatents + n;
            EXPECT_NEAR(result.mean[k], mean[n], 0.02 * std::sqrt(variance[n]));
            EXPECT_NEAR(std::exp(result.log_variance[k]), variance[n], 0.03 * variance[n]);
        }
    }
}

TEST(GaussianPosterior, ItsBoundRisesToTheLogMarginalOfEachImage) {
    auto joint = model(true);
    const RefinedPosterior result = refined(joint);
    for (const std::uint32_t image : joint.all_images()) {
        EXPECT_GT(result.bound_after[image], result.bound_before[image] + 1.0);
        EXPECT_NEAR(result.bound_after[image], joint.log_marginal(image), 2e-3);
    }
}

TEST(GaussianPosterior, StaysBelowTheLogMarginalWhereThePosteriorIsCorrelated) {
    auto joint = model(false);
    const RefinedPosterior result = refined(joint, {.evaluation_samples = 5000});
    // The best diagonal q has the posterior's mean and the inverse of its precision's diagonal; its
    // bound is log p(x) - KL(q || p(z|x)), the same gap for every image.
    const std::vector<double> precision = joint.posterior_precision();
    double gap = 0.5 * -test::log_determinant(test::cholesky(precision, kLatents), kLatents);
    for (std::size_t n = 0; n < kLatents; ++n) gap += 0.5 * std::log(precision[n * (kLatents + 1)]);
    ASSERT_GT(gap, 0.05);
    for (const std::uint32_t image : joint.all_images()) {
        EXPECT_NEAR(joint.log_marginal(image) - result.bound_after[image], gap, 0.05);
        const std::vector<double> mean = joint.posterior_mean(image);
        for (std::size_t n = 0; n < kLatents; ++n) {
            EXPECT_NEAR(result.mean[image * kLatents + n], mean[n], 0.03);
        }
    }
}

TEST(GaussianPosterior, AStartThatIsThePosteriorIsLeftAsItIs) {
    auto joint = model(true);
    std::vector<float> mean;
    std::vector<float> log_variance;
    for (const std::uint32_t image : joint.all_images()) {
        for (const double m : joint.posterior_mean(image)) mean.push_back(static_cast<float>(m));
        for (const double v : joint.posterior_variance()) {
            log_variance.push_back(static_cast<float>(std::log(v)));
        }
    }
    const auto result =
        refine_posterior(joint, joint.all_images(), mean, log_variance, {.steps = 20}, 3);
    for (std::size_t k = 0; k < mean.size(); ++k) EXPECT_NEAR(result.mean[k], mean[k], 0.02);
    for (const std::uint32_t image : joint.all_images()) {
        EXPECT_GE(result.bound_after[image], result.bound_before[image]);
        EXPECT_NEAR(result.bound_before[image], joint.log_marginal(image), 1e-4);
    }
}

// As if the decoder had diverged.
class Broken : public LogJoint {
  public:
    int latents() const override { return 1; }
    void evaluate(std::span<const std::uint32_t>, std::span<const float>,
                  std::span<double> log_density, std::span<float> gradient) override {
        for (double& value : log_density) value = std::numeric_limits<double>::quiet_NaN();
        for (float& value : gradient) value = std::numeric_limits<float>::quiet_NaN();
    }
};

TEST(GaussianPosterior, AnImageWithoutAFiniteGradientStaysWhereItIs) {
    Broken joint;
    const std::vector<std::uint32_t> image = {0};
    const std::vector<float> mean = {0.5F};
    const std::vector<float> log_variance = {-1.0F};
    const auto result = refine_posterior(joint, image, mean, log_variance, {.steps = 3}, 1);
    EXPECT_EQ(result.mean, mean);
    EXPECT_EQ(result.log_variance, log_variance);
}

TEST(GaussianPosterior, TheSameSeedGivesTheSameAnswer) {
    auto joint = model(true);
    EXPECT_EQ(refined(joint, {.steps = 30}).mean, refined(joint, {.steps = 30}).mean);
}

TEST(GaussianPosterior, CanBeStopped) {
    auto joint = model(true);
    const std::vector<float> zeros(joint.count() * kLatents, 0.0F);
    const auto stop = [](double fraction) {
        if (fraction > 0.1) throw Cancelled();
    };
    EXPECT_THROW(refine_posterior(joint, joint.all_images(), zeros, zeros, {}, 1, stop), Cancelled);
}

TEST(GaussianPosterior, WrongSettingsAreRefused) {
    auto joint = model(true);
    EXPECT_THROW(refined(joint, {.steps = -1}), UsageError);
    EXPECT_THROW(refined(joint, {.noise_samples = 0}), UsageError);
    EXPECT_THROW(refined(joint, {.evaluation_samples = 0}), UsageError);
    const std::vector<float> zeros(4, 0.0F);
    EXPECT_THROW(refine_posterior(joint, joint.all_images(), zeros, zeros, {}, 1), Error);
}

}  // namespace
}  // namespace elbow::infer
