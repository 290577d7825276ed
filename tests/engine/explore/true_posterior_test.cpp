// The true posterior where it is known.

#include "engine/explore/true_posterior.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/error.h"
#include "tests/engine/explore/known_posterior.h"
#include "tests/engine/explore/tiny_dataset.h"
#include "tests/engine/explore/tiny_model.h"

namespace elbow::explore {
namespace {

constexpr double kBent = 0.02;  // nats, for what is not quite linear

using test::KnownPosterior;

TruePosterior found_of(KnownPosterior& problem, int y_axis) {
    return true_posterior(problem.model(), problem.parameters(), problem.dataset(), 0, 0, y_axis);
}

TEST(TruePosterior, OnTheGridIsTheGaussianThatItIs) {
    KnownPosterior problem(2);
    const TruePosterior found = found_of(problem, 1);
    const double log_p = problem.known().log_marginal(0);
    EXPECT_NEAR(found.log_p_of_grid.value(), log_p, kBent);
    const std::vector<float> z = manifold_latents(found.plane, 2);
    int looked_at = 0;
    for (std::size_t cell = 0; cell < found.nats.size(); ++cell) {
        if (found.nats[cell] < found.highest - 4.5) continue;
        const double place[] = {z[2 * cell], z[2 * cell + 1]};
        EXPECT_NEAR(found.nats[cell] - log_p, problem.log_posterior(place), 2 * kBent);
        ++looked_at;
    }
    EXPECT_GT(looked_at, 300) << "the grid is as wide as what it shows";
}

TEST(TruePosterior, ItsLinesAreTheEllipsesOfTheGaussian) {
    KnownPosterior problem(2);
    const TruePosterior found = found_of(problem, 1);
    const std::vector<double> mean = problem.known().posterior_mean(0);
    for (std::size_t part = 0; part < found.lines.size(); ++part) {
        ASSERT_EQ(found.lines[part].size(), 1u);
        const double sigmas = static_cast<double>(part) + 1.0;
        for (const ContourPoint& at : found.lines[part][0]) {
            const double place[] = {at.x, at.y};
            const double below = problem.log_posterior(mean) - problem.log_posterior(place);
            EXPECT_NEAR(std::sqrt(2.0 * below), sigmas, 0.03 * sigmas);
        }
    }
}

TEST(TruePosterior, LogPByWeightsIsTheClosedFormAndTheGapIsTheKlOfQ) {
    KnownPosterior problem(2);
    // The best of independent latents: N(mean, 1 / diag P).
    const std::vector<double> precision = problem.known().posterior_precision();
    const double variance[] = {1.0 / precision[0], 1.0 / precision[3]};
    problem.say(problem.known().posterior_mean(0), variance);
    const TruePosterior found = found_of(problem, 1);
    const double log_p = problem.known().log_marginal(0);
    EXPECT_GT(found.by_draws.log_p_error, 0.0);
    EXPECT_NEAR(found.by_draws.log_p, log_p, 4.0 * found.by_draws.log_p_error + kBent);
    const double kl = 0.5 * (std::log(precision[0] * precision[3]) -
                             test::log_determinant(test::cholesky(precision, 2), 2));
    EXPECT_GT(kl, 0.2);
    EXPECT_NEAR(found.gap(), kl, 0.1);
    double sum = 0.0;
    for (const double w : found.weights) sum += w;
    EXPECT_NEAR(sum, 1.0, 1e-9);
}

// Far from p(z|x) hardly a draw carries weight, and their mean misses most of p(x).
TEST(TruePosterior, WhereQIsFarOffTheGridStillKnowsLogP) {
    KnownPosterior problem(2);
    std::vector<double> mean = problem.known().posterior_mean(0);
    const std::vector<double> precision = problem.known().posterior_precision();
    const double variance[] = {0.3 / precision[0], 0.3 / precision[3]};
    mean[0] += 4.0 / std::sqrt(precision[0]);
    problem.say(mean, variance);
    const TruePosterior found = found_of(problem, 1);
    const double log_p = problem.known().log_marginal(0);
    ASSERT_LT(found.by_draws.log_p + 3.0 * found.by_draws.log_p_error, log_p - 0.5);
    EXPECT_TRUE(found.by_draws.falls_short());
    EXPECT_NEAR(found.log_p(), log_p, 2 * kBent);
    EXPECT_FALSE(found.falls_short());
    EXPECT_NEAR(found.gap(), log_p - found.by_draws.bound, 2 * kBent);
}

TEST(TruePosterior, OfOneLatentIsARow) {
    KnownPosterior problem(1);
    const TruePosterior found = found_of(problem, 0);
    EXPECT_EQ(found.plane.rows, 1);
    EXPECT_NEAR(found.log_p_of_grid.value(), problem.known().log_marginal(0), kBent);
    for (const auto& lines : found.lines) EXPECT_TRUE(lines.empty());
}

TEST(TruePosterior, OfMoreLatentsIsThePlaneThroughTheMeanOfQ) {
    test::TinyModel tiny(4);
    const auto dataset = test::tiny_dataset();
    const TruePosterior found = true_posterior(tiny.vae, tiny.parameters, *dataset, 7, 3, 1);
    EXPECT_FALSE(found.log_p_of_grid.has_value()) << "it shows two of four";
    EXPECT_EQ(found.draws.size(), 4 * found.weights.size());
    model::Posteriors q;
    tiny.vae.encode(tiny.parameters, dataset->batch(dataset->held_out, 7, 8), q);
    EXPECT_EQ(found.plane.anchor, q.mean);
    EXPECT_EQ(found.plane.x_axis, 3);
    const std::vector<float> z = manifold_latents(found.plane, 4);
    for (std::size_t cell = 0; cell < found.nats.size(); ++cell)
        EXPECT_EQ(z[4 * cell + 2], q.mean[2]);
    EXPECT_FALSE(found.lines[1].empty());
    EXPECT_GE(found.by_draws.log_p, found.by_draws.bound) << "Jensen, for whatever draws";
}

TEST(TruePosterior, WithoutAFiniteDensityIsRefusedInWords) {
    test::TinyModel tiny(2);
    for (float& value : tiny.parameters) value = std::numeric_limits<float>::quiet_NaN();
    try {
        true_posterior(tiny.vae, tiny.parameters, *test::tiny_dataset(), 0);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("select another image"), std::string::npos);
    }
    EXPECT_THROW(true_posterior(tiny.vae, tiny.parameters, *test::tiny_dataset(), 60), UsageError);
}

}  // namespace
}  // namespace elbow::explore
