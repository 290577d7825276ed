// Full variational Bayes: its gradients against central differences in double precision with zeta
// held fast, and its KL against the closed form.

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

using fused::Likelihood;
using test::Problem;
using test::ReferenceVae;

constexpr int kTrainCount = 40;

// An estimator whose log variances s are random, and its objective as a function of mu and s.
class FullVbTest : public testing::TestWithParam<Likelihood> {
  protected:
    FullVbTest()
        : problem({.height = 5, .width = 4, .hidden = 11, .latents = 2, .likelihood = GetParam()},
                  3, 3, 21),
          layout(problem.architecture),
          begin(static_cast<std::size_t>(layout.decoder_begin())) {
        problem.name = "full_vb";
    }

    std::unique_ptr<Estimator> make(Team& team) {
        auto made = make_estimator(
            "full_vb", "fused",
            {problem.architecture, problem.noise_samples, &team, Problem::kSeed, kTrainCount});
        std::vector<float>& s = state(*made, "full_vb.log_variance");
        for (std::size_t i = 0; i < s.size(); ++i)
            s[i] = -4.0F + 3.0F * static_cast<float>(Stream(5, "spread").uniform(i));
        mean = test::doubles(problem.parameters);
        log_variance = test::doubles(s);
        std::vector<float> normals(s.size());
        Stream(Problem::kSeed, "full_vb/weights").normals(Problem::kSeen * s.size(), normals);
        zeta = test::doubles(normals);
        return made;
    }

    static std::vector<float>& state(Estimator& of, const char* name) {
        for (const EstimatorState& each : of.state())
            if (each.name == name) return *each.values;
        throw Error(std::string("Expected a state called ") + name + " and found none.");
    }

    // Whether a number of the buffer is a decoder's parameter, and no gap.
    bool is_weight(std::size_t i) const {
        return i >= begin && std::any_of(layout.views().begin(), layout.views().end(),
                                         [i](const model::ParameterView& view) {
                                             const auto at = static_cast<std::int64_t>(i);
                                             return at >= view.offset &&
                                                    at < view.offset + view.size();
                                         });
    }

    double kl() const {
        double sum = 0.0;
        for (std::size_t i = begin; i < mean.size(); ++i) {
            const double s = log_variance[i - begin];
            if (is_weight(i)) sum -= 0.5 * (1.0 + s - mean[i] * mean[i] - std::exp(s));
        }
        return sum;
    }

    double objective() const {
        ReferenceVae vae(problem.architecture, problem.parameters);
        vae.parameters = mean;
        for (std::size_t i = begin; i < mean.size(); ++i)
            if (is_weight(i))
                vae.parameters[i] += std::exp(0.5 * log_variance[i - begin]) * zeta[i - begin];
        const auto terms = problem.reference_sum(vae);
        const auto images = static_cast<double>(problem.indices.size());
        return terms.reconstruction - terms.kl - images / kTrainCount * kl();
    }

    double slope(double& by) const {
        constexpr double kStep = 1e-5;
        const double at = by;
        by = at + kStep;
        const double above = objective();
        by = at - kStep;
        const double below = objective();
        by = at;
        return (above - below) / (2.0 * kStep);
    }

    Problem problem;
    model::ParameterLayout layout;
    std::size_t begin;
    std::vector<double> mean;                // [layout.size()]
    std::vector<double> log_variance, zeta;  // [decoder parameters]
};

INSTANTIATE_TEST_SUITE_P(Likelihoods, FullVbTest,
                         testing::Values(Likelihood::kBernoulli, Likelihood::kGaussian));

TEST_P(FullVbTest, TheGradientByTheMeanWeightsIsTheSlopeOfTheWholeObjective) {
    for (const int size : {1, 2}) {
        Team team(size);
        const auto estimator = make(team);
        std::vector<double> slopes;
        for (double& value : mean) slopes.push_back(slope(value));
        test::expect_gradients_near(problem.architecture, problem.evaluate(*estimator).gradients,
                                    slopes, 3e-5);
    }
}

// Adam's first moment after one step is a tenth of the mean gradient over the minibatch.
TEST_P(FullVbTest, TheLogVariancesClimbTheSlopeOfTheWholeObjective) {
    Team team(1);
    const auto estimator = make(team);
    problem.evaluate(*estimator);
    const std::vector<float>& first = state(*estimator, "full_vb.first_moment");
    const std::vector<float>& moved = state(*estimator, "full_vb.log_variance");
    const auto images = static_cast<double>(problem.indices.size());
    double error = 0.0;
    double size = 0.0;
    for (std::size_t i = 0; i < log_variance.size(); ++i) {
        const double before = log_variance[i];
        const double expected = is_weight(begin + i) ? slope(log_variance[i]) : 0.0;
        error += std::pow(10.0 * images * first[i] - expected, 2);
        size += expected * expected;
        if (std::abs(expected) > 1e-3) {
            EXPECT_EQ(moved[i] > before, expected > 0.0);
        }
    }
    EXPECT_LE(std::sqrt(error), 3e-5 * std::sqrt(size));
}

TEST_P(FullVbTest, TellsTheKlOfTheWeightsInClosedForm) {
    for (const int size : {1, 3}) {
        Team team(size);
        const auto estimator = make(team);
        const BoundSum sum = problem.evaluate(*estimator).sum;
        const std::vector<Reading> readings = estimator->readings();
        ASSERT_EQ(readings.size(), 2U);
        EXPECT_NEAR(readings[0].value, kl(), 1e-4);
        EXPECT_NEAR(readings[1].value, kl() / kTrainCount, 1e-6);
        // The bound's own KL is that of the latents alone.
        const auto images = static_cast<double>(problem.indices.size());
        EXPECT_NEAR(sum.bound() - images / kTrainCount * kl(), objective(), 1e-3);
    }
}

TEST_P(FullVbTest, WithoutAnySpreadItIsSgvbBWithThePrior) {
    Team team(1);
    const auto estimator = make(team);
    auto& s = state(*estimator, "full_vb.log_variance");
    std::fill(s.begin(), s.end(), -80.0F);
    const auto found = problem.evaluate(*estimator);
    problem.name = "sgvb_b";
    const auto plain = problem.evaluate("fused", 1);
    EXPECT_NEAR(found.sum.bound(), plain.sum.bound(), 1e-9);
    const float weight = static_cast<float>(problem.indices.size()) / kTrainCount;
    for (std::size_t i = 0; i < plain.gradients.size(); ++i) {
        const float prior = is_weight(i) ? weight * problem.parameters[i] : 0.0F;
        ASSERT_FLOAT_EQ(found.gradients[i], plain.gradients[i] - prior) << i;
    }
}

TEST(FullVb, NeedsTheNumberOfTrainingImages) {
    Team team(1);
    EXPECT_THROW(make_estimator("full_vb", "fused", {{}, 1, &team}), Error);
}

}  // namespace
}  // namespace elbow::estimator
