// The estimators where the gradient and its noise are known: a linear model with Gaussian noise.

#include "engine/explore/estimates.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "tests/engine/explore/known_posterior.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

Estimates estimates(test::KnownPosterior& problem, const std::vector<float>& mean,
                    const std::vector<float>& log_variance, std::uint64_t seed = 1) {
    EstimatesWork work(problem.model(), problem.parameters(), problem.dataset(), 0, mean,
                       log_variance, seed);
    while (!work.advance(problem.model(), 100)) continue;
    return work.take();
}

// log p(x, z) has the slope -P (z - m), with p(z|x) = N(m, P^-1), and q is N(mu, s^2).
class EstimatesOfOneLatent : public testing::Test {
  protected:
    double precision() const { return problem_.known().posterior_precision()[0]; }
    double middle() const { return problem_.known().posterior_mean(0)[0]; }

    test::KnownPosterior problem_{1};
    const float mean_ = 0.2f, log_variance_ = -3.0f;
};

TEST_F(EstimatesOfOneLatent, BothGradientsAreThatOfTheBound) {
    const Estimates found = estimates(problem_, {mean_}, {log_variance_});
    const double variance = std::exp(static_cast<double>(log_variance_));
    const double expected[] = {-precision() * (mean_ - middle()),
                               0.5 * (1.0 - precision() * variance)};
    const auto error = [](const GradientNoise& noise) {
        return 4.0 * std::sqrt(noise.variance / static_cast<double>(kEstimateDraws));
    };
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NEAR(found.by_path.mean[i], expected[i], error(found.by_path) + 0.02) << i;
        EXPECT_NEAR(found.by_score.mean[i], expected[i], error(found.by_score) + 0.02) << i;
    }
}

TEST_F(EstimatesOfOneLatent, TheNoiseOfTheReparameterisationIsThatOfTheSlope) {
    const Estimates found = estimates(problem_, {mean_}, {log_variance_});
    const double p = precision(), s2 = std::exp(static_cast<double>(log_variance_));
    const double away = mean_ - middle();
    // By mu: P^2 s^2. By v: that of s epsilon / 2 * -P (away + s epsilon).
    const double by_mean = p * p * s2;
    const double by_variance = 0.25 * p * p * (s2 * away * away + 2.0 * s2 * s2);
    EXPECT_NEAR(found.by_path.variance, by_mean + by_variance, 0.15 * (by_mean + by_variance));
    EXPECT_GT(found.by_score.variance, 5.0 * found.by_path.variance)
        << "the bound of an image is far from zero, and the score multiplies it";
}

TEST_F(EstimatesOfOneLatent, AtTheTruePosteriorEveryWeightIsTheSame) {
    const Estimates found = estimates(problem_, {static_cast<float>(middle())},
                                      {static_cast<float>(-std::log(precision()))});
    const double log_p = problem_.known().log_marginal(0);
    EXPECT_NEAR(found.by_draws.bound, log_p, 0.02);
    EXPECT_NEAR(found.by_draws.log_p, log_p, 0.02);
    EXPECT_LT(found.by_draws.bound_deviation, 0.03);
    EXPECT_GT(found.by_draws.effective_draws, 0.99 * static_cast<double>(kEstimateDraws));
}

TEST_F(EstimatesOfOneLatent, LogPIsTheClosedFormWithinItsError) {
    const float wide = static_cast<float>(-std::log(precision()) + 0.5);
    const Estimates found = estimates(problem_, {static_cast<float>(middle())}, {wide});
    EXPECT_GT(found.by_draws.log_p_error, 0.0);
    EXPECT_NEAR(found.by_draws.log_p, problem_.known().log_marginal(0),
                4.0 * found.by_draws.log_p_error + 0.02);
    EXPECT_GT(found.by_draws.log_p, found.by_draws.bound);
    EXPECT_LT(found.by_draws.effective_draws, static_cast<double>(kEstimateDraws));
}

TEST(Estimates, TheNoiseStaysWhereMeanAndDeviationMove) {
    test::KnownPosterior problem(2);
    const Estimates one = estimates(problem, {0.0f, 1.0f}, {0.0f, 0.0f});
    const Estimates other = estimates(problem, {2.0f, -1.0f}, {2.0f, -2.0f});
    EXPECT_EQ(one.epsilon, other.epsilon);
    for (std::size_t s = 0; s < kEstimateDraws; ++s) {
        EXPECT_NEAR(one.z[2 * s], one.epsilon[2 * s], 1e-5);
        EXPECT_NEAR(other.z[2 * s], 2.0f + std::exp(1.0f) * one.epsilon[2 * s], 1e-4);
    }
    EXPECT_NE(estimates(problem, {}, {}, 2).epsilon, one.epsilon);
}

TEST(Estimates, WithoutAMeanOfOnesOwnItIsTheEncoders) {
    const auto dataset = test::tiny_dataset();
    test::TinyModel tiny(3);
    EstimatesWork work(tiny.vae, tiny.parameters, *dataset, 5, {}, {}, 1);
    while (!work.advance(tiny.vae, 128)) continue;
    const Estimates found = work.take();
    model::Posteriors q;
    tiny.vae.encode(tiny.parameters, dataset->batch(dataset->held_out, 5, 6), q);
    EXPECT_EQ(found.mean, q.mean);
    EXPECT_EQ(found.index, 5);
    EXPECT_THROW(EstimatesWork(tiny.vae, tiny.parameters, *dataset, 60, {}, {}, 1), UsageError);
}

}  // namespace
}  // namespace elbow::explore
