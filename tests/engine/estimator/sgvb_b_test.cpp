#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

using fused::Activation;
using fused::Architecture;
using test::Evaluated;
using test::Problem;

void expect_near_sum(const BoundSum& found, double reconstruction, double kl) {
    EXPECT_NEAR(found.reconstruction, reconstruction, 1e-6 * std::abs(reconstruction));
    EXPECT_NEAR(found.kl, kl, 1e-6 * std::abs(kl) + 1e-6);
}

// Central differences of the whole bound in double precision, by every parameter.
std::vector<double> finite_differences(const Problem& problem) {
    constexpr double kStep = 1e-5;
    test::ReferenceVae reference(problem.architecture, problem.parameters);
    std::vector<double> slopes;
    for (double& parameter : reference.parameters) {
        const double at = parameter;
        parameter = at + kStep;
        const double above = problem.reference_sum(reference).bound();
        parameter = at - kStep;
        const double below = problem.reference_sum(reference).bound();
        parameter = at;
        slopes.push_back((above - below) / (2.0 * kStep));
    }
    return slopes;
}

void expect_finite_differences(const Architecture& architecture, int noise_samples) {
    const Problem problem(architecture, 3, noise_samples, 21);
    const std::vector<double> slopes = finite_differences(problem);
    const auto terms = problem.reference_sum(test::ReferenceVae(architecture, problem.parameters));
    for (const char* gradients : {"fused", "autograd"}) {
        SCOPED_TRACE(testing::Message()
                     << gradients << ", L = " << noise_samples << ", N = " << architecture.latents);
        const Evaluated found = problem.evaluate(gradients, 1);
        test::expect_gradients_near(architecture, found.gradients, slopes, 1e-5);
        expect_near_sum(found.sum, terms.reconstruction, terms.kl);
    }
}

TEST(SgvbB, GradientsAreTheSlopesOfTheBound) {
    for (const Activation activation : {Activation::kTanh, Activation::kRelu}) {
        for (const int latents : {1, 2, 5}) {
            for (const int noise_samples : {1, 3}) {
                expect_finite_differences({.height = 5,
                                           .width = 4,
                                           .hidden = 11,
                                           .latents = latents,
                                           .activation = activation},
                                          noise_samples);
            }
        }
    }
}

void expect_autograd(const Problem& problem) {
    const Evaluated autograd = problem.evaluate("autograd", 1);
    const std::vector<double> expected = test::doubles(autograd.gradients);
    for (const int team_size : {1, 2, 3}) {
        SCOPED_TRACE(testing::Message()
                     << "L = " << problem.noise_samples << ", N = " << problem.architecture.latents
                     << ", M = " << problem.indices.size() << ", team of " << team_size);
        const Evaluated fused = problem.evaluate("fused", team_size);
        test::expect_gradients_near(problem.architecture, fused.gradients, expected, 1e-5);
        expect_near_sum(fused.sum, autograd.sum.reconstruction, autograd.sum.kl);
    }
}

void expect_autograd_for_all_sizes(Activation activation) {
    for (const int latents : {1, 2, 20}) {
        for (const int noise_samples : {1, 3}) {
            for (const int images : {1, 7, 100}) {
                expect_autograd({{.height = 11,
                                  .width = 9,
                                  .hidden = 53,
                                  .latents = latents,
                                  .activation = activation},
                                 images,
                                 noise_samples,
                                 5});
            }
        }
    }
}

TEST(SgvbB, FusedGradientsEqualAutogradWithTanh) {
    expect_autograd_for_all_sizes(Activation::kTanh);
}

TEST(SgvbB, FusedGradientsEqualAutogradWithRelu) {
    expect_autograd_for_all_sizes(Activation::kRelu);
}

TEST(SgvbB, FusedGradientsEqualAutogradAtThePapersSize) {
    expect_autograd({{.height = 28, .width = 28, .hidden = 500, .latents = 20}, 100, 1, 6});
}

TEST(SgvbB, TheSameTeamGivesTheSameBits) {
    const Problem problem({.height = 11, .width = 9, .hidden = 53, .latents = 2}, 100, 2, 7);
    for (const int team_size : {1, 2, 3}) {
        const Evaluated once = problem.evaluate("fused", team_size);
        const Evaluated again = problem.evaluate("fused", team_size);
        EXPECT_EQ(once.gradients, again.gradients);
        EXPECT_EQ(once.sum.reconstruction, again.sum.reconstruction);
        EXPECT_EQ(once.sum.kl, again.sum.kl);
    }
}

TEST(SgvbB, AMinibatchMayGrowAndShrinkBetweenSteps) {
    const Architecture architecture{.height = 11, .width = 9, .hidden = 53, .latents = 2};
    for (const char* gradients : {"fused", "autograd"}) {
        Team team(2);
        const auto estimator = make_estimator("sgvb_b", gradients, {architecture, 2, &team});
        for (const int images : {7, 100, 3, 50}) {
            const Problem problem(architecture, images, 2, 8);
            EXPECT_EQ(problem.evaluate(*estimator).gradients,
                      problem.evaluate(gradients, 2).gradients);
        }
    }
}

TEST(SgvbB, OtherNoiseGivesAnotherEstimateButTheSameKl) {
    const Architecture architecture{.height = 11, .width = 9, .hidden = 53, .latents = 2};
    const Problem problem(architecture, 7, 1, 9);
    Problem moved = problem;
    moved.noise = Stream(10, "noise");
    for (const char* gradients : {"fused", "autograd"}) {
        const Evaluated first = problem.evaluate(gradients, 1);
        const Evaluated second = moved.evaluate(gradients, 1);
        EXPECT_NE(first.sum.reconstruction, second.sum.reconstruction);
        EXPECT_EQ(first.sum.kl, second.sum.kl);
    }
}

TEST(SgvbB, BlackAndWhitePixelsAreFineEvenWhereTheDecoderIsCertain) {
    const Architecture architecture{.height = 11, .width = 9, .hidden = 53, .latents = 2};
    Problem problem(architecture, 7, 1, 11);
    const auto bias = static_cast<std::size_t>(
        model::ParameterLayout(architecture).view("decoder.logits.bias").offset);
    problem.parameters[bias] = 300.0F;
    problem.parameters[bias + 1] = -300.0F;
    const Evaluated autograd = problem.evaluate("autograd", 1);
    EXPECT_TRUE(std::isfinite(autograd.sum.bound()));
    expect_autograd(problem);
}

TEST(MakeEstimator, RefusesWhatItDoesNotKnowAndSaysWhatThereIs) {
    Team team(1);
    const EstimatorSetup setup{Architecture{}, 1, &team};
    EXPECT_THROW(make_estimator("sgvb_z", "fused", setup), UsageError);
    EXPECT_THROW(make_estimator("sgvb_b", "by hand", setup), UsageError);
}

}  // namespace
}  // namespace elbow::estimator
