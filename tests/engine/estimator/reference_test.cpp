// The fused kernels against their reference in LibTorch: the same gradient, block by block, from
// the same draws, for every combination of what a one-hidden-layer model can be.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <tuple>

#include "engine/core/error.h"
#include "tests/engine/estimator/minibatch_fixture.h"

namespace elbow::estimator {
namespace {

using fused::Activation;
using fused::Architecture;
using fused::Likelihood;
using test::Evaluated;
using test::Problem;

struct Decoder {
    const char* name;
    Likelihood likelihood;
    bool floor;
};

// What it is printed as where a test fails.
std::ostream& operator<<(std::ostream& out, const Decoder& decoder) { return out << decoder.name; }

constexpr std::array kNames = {"sgvb_b",      "sgvb_a", "iwae",      "wake_sleep",
                               "autoencoder", "mcem",   "per_image", "full_vb"};
constexpr double kRelative = 1e-5;

void expect_reference(const Problem& problem) {
    const Evaluated autograd = problem.evaluate("autograd", 1);
    const std::vector<double> expected = test::doubles(autograd.gradients);
    for (const int team_size : {1, 2}) {
        SCOPED_TRACE(testing::Message() << "a team of " << team_size);
        const Evaluated fused = problem.evaluate("fused", team_size);
        test::expect_gradients_near(problem.architecture, fused.gradients, expected, kRelative);
        EXPECT_NEAR(fused.sum.reconstruction, autograd.sum.reconstruction,
                    kRelative * std::abs(autograd.sum.reconstruction));
        EXPECT_NEAR(fused.sum.kl, autograd.sum.kl, kRelative * std::abs(autograd.sum.kl));
        EXPECT_NEAR(fused.sum.gain, autograd.sum.gain,
                    kRelative * std::abs(autograd.sum.reconstruction));
    }
}

// The estimator's name, and its decoder.
class Reference : public testing::TestWithParam<std::tuple<const char*, Decoder>> {
  protected:
    // Sizes that fill no vector register evenly, and shares of unequal size.
    Problem problem(Activation activation, int noise_samples) const {
        const auto& [name, decoder] = GetParam();
        Problem problem({.height = 11,
                         .width = 9,
                         .hidden = 53,
                         .latents = 5,
                         .activation = activation,
                         .likelihood = decoder.likelihood,
                         .variance_floor = decoder.floor},
                        23, noise_samples, 31);
        problem.name = name;
        return problem;
    }
};

TEST_P(Reference, HaveTheSameGradients) {
    for (const Activation activation : {Activation::kTanh, Activation::kRelu}) {
        for (const int noise_samples : {1, 3}) {
            for (const double kl_weight : {1.0, 0.3}) {
                SCOPED_TRACE(testing::Message()
                             << (activation == Activation::kTanh ? "tanh" : "relu")
                             << ", L = " << noise_samples << ", KL times " << kl_weight);
                Problem one = problem(activation, noise_samples);
                one.kl_weight = kl_weight;
                expect_reference(one);
            }
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Estimators, Reference,
    testing::Combine(testing::ValuesIn(kNames),
                     testing::Values(Decoder{"Bernoulli", Likelihood::kBernoulli, true},
                                     Decoder{"GaussianWithFloor", Likelihood::kGaussian, true},
                                     Decoder{"GaussianWithout", Likelihood::kGaussian, false})),
    [](const auto& one) {
        return std::string(std::get<0>(one.param)) + "_" + std::get<1>(one.param).name;
    });

// A second gradient of the same estimator, of other images and at another place of the streams.
TEST(Reference, FollowsItsMinibatches) {
    for (const char* name : kNames) {
        SCOPED_TRACE(name);
        const Architecture architecture{.height = 11, .width = 9, .hidden = 53, .latents = 2};
        Team team(2);
        const EstimatorSetup setup{architecture, 2, &team, Problem::kSeed, Problem::kImages};
        const auto fused = make_estimator(name, "fused", setup);
        const auto autograd = make_estimator(name, "autograd", setup);
        Problem problem(architecture, 9, 2, 13);
        for (const int images : {9, 4, 7}) {
            problem.indices.resize(static_cast<std::size_t>(images), 5);
            problem.seen += 100;
            test::expect_gradients_near(architecture, problem.evaluate(*fused).gradients,
                                        test::doubles(problem.evaluate(*autograd).gradients),
                                        kRelative);
        }
    }
}

// Of images that are mostly black, which have products of their own, while dreams of them are or
// are not.
TEST(Reference, LearnsTheSameOfBlackImages) {
    for (const char* name : kNames) {
        for (const Activation activation : {Activation::kTanh, Activation::kRelu}) {
            for (const bool darken : {false, true}) {
                SCOPED_TRACE(testing::Message()
                             << name << (activation == Activation::kTanh ? " tanh" : " relu")
                             << (darken ? ", dark" : ", bright") << " dreams");
                Problem problem({.height = 11,
                                 .width = 13,
                                 .hidden = 83,
                                 .latents = 2,
                                 .activation = activation},
                                45, 2, 13);
                problem.name = name;
                problem.blacken_four_pixels_in_five();
                if (darken) problem.darken_dreams();
                expect_reference(problem);
            }
        }
    }
}

// Of targets that change from one time to the next, which the others, that keep a code for each
// image, would never let rest.
template <class Change>
void expect_reference_where_targets_change(const Change& change) {
    for (const char* name : kNames) {
        SCOPED_TRACE(name);
        if (estimators().at(name).measure == Measure::kNothing) continue;
        Problem problem({.height = 11, .width = 9, .hidden = 53, .latents = 2}, 9, 2, 13);
        problem.name = name;
        change(problem);
        expect_reference(problem);
    }
}

// Each is drawn from the same numbers by both, whoever of the team draws it.
TEST(Reference, LearnsTheSameOfRedrawnTargets) {
    const Stream redraw(1, "targets");
    expect_reference_where_targets_change([&](Problem& problem) { problem.redraw = &redraw; });
}

TEST(Reference, LearnsTheSameOfImagesThatVary) {
    const Stream stream(1, "augment");
    const data::Augmentation both = data::augmentation_of("both", {1, 11, 9}, stream);
    expect_reference_where_targets_change([&](Problem& problem) { problem.augmentation = &both; });
}

}  // namespace
}  // namespace elbow::estimator
