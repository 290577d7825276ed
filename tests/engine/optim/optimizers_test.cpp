#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/rng.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {
namespace {

using Floats = std::vector<float>;

std::unique_ptr<Optimizer> make(const std::string& name, std::size_t size) {
    return optimizers().at(name).make(static_cast<std::int64_t>(size));
}

void update_all(Optimizer& optimizer, Floats& parameters, const Floats& gradients,
                const StepSettings& settings) {
    optimizer.update(parameters, gradients, 0, static_cast<std::int64_t>(parameters.size()),
                     settings);
}

Floats normals(std::size_t count, std::uint64_t seed) {
    Floats values(count);
    Stream(seed, "test").normals(0, values);
    return values;
}

TEST(Optimizers, TheListHoldsThePapersAndTheUsualOnes) {
    EXPECT_EQ(optimizers().names(), "adam, nadam, adagrad, sgd");
    EXPECT_FALSE(optimizers().at("adam").weight_prior_by_default);
    EXPECT_TRUE(optimizers().at("adagrad").weight_prior_by_default);
    EXPECT_FALSE(optimizers().at("sgd").weight_prior_by_default);
}

TEST(Optimizers, EachAscends) {
    // f(w) = -w^2 / 2 summed over a minibatch of 4: every step has to raise it.
    for (const OptimizerEntry& entry : optimizers()) {
        const auto optimizer = entry.make(1);
        Floats w = {1.0F};
        for (int step = 101; step <= 120; ++step) {
            const float before = w[0];
            update_all(*optimizer, w, {-4.0F * w[0]},
                       {.step_size = 0.01,
                        .step = step,
                        .weight_prior = 0.0,
                        .minibatch = 4,
                        .warmup_steps = 100});
            EXPECT_LT(w[0], before) << entry.name;
            EXPECT_GT(w[0], 0.0F) << entry.name;
        }
    }
}

TEST(Optimizers, ADivisionOfTheRangeGivesTheSameBits) {
    constexpr std::size_t kSize = 1000;
    for (const OptimizerEntry& entry : optimizers()) {
        for (const std::vector<std::int64_t>& cuts :
             {std::vector<std::int64_t>{0, 500, 1000}, {0, 16, 1000}, {0, 1, 4, 333, 340, 1000}}) {
            const auto whole = entry.make(kSize);
            const auto parts = entry.make(kSize);
            Floats w_whole = normals(kSize, 1);
            Floats w_parts = w_whole;
            for (int i = 0; i < 5; ++i) {
                const StepSettings settings{.step_size = 0.02,
                                            .step = 99 + i,
                                            .weight_prior = 0.002,
                                            .minibatch = 7,
                                            .warmup_steps = 100};
                const Floats gradients = normals(kSize, 10 + static_cast<std::uint64_t>(i));
                update_all(*whole, w_whole, gradients, settings);
                for (std::size_t c = 0; c + 1 < cuts.size(); ++c) {
                    parts->update(w_parts, gradients, cuts[c], cuts[c + 1], settings);
                }
            }
            EXPECT_EQ(w_whole, w_parts) << entry.name;
            const auto whole_state = whole->state();
            const auto parts_state = parts->state();
            for (std::size_t s = 0; s < whole_state.size(); ++s) {
                EXPECT_EQ(*whole_state[s].values, *parts_state[s].values) << whole_state[s].name;
            }
        }
    }
}

TEST(Optimizers, AnUpdateTouchesNothingOutsideItsRange) {
    for (const OptimizerEntry& entry : optimizers()) {
        const auto optimizer = entry.make(100);
        const Floats before = normals(100, 1);
        Floats w = before;
        optimizer->update(w, normals(100, 2), 13, 62,
                          {.step_size = 0.1,
                           .step = 101,
                           .weight_prior = 0.01,
                           .minibatch = 1,
                           .warmup_steps = 100});
        for (std::size_t i = 0; i < w.size(); ++i) {
            EXPECT_EQ(w[i] != before[i], i >= 13 && i < 62) << entry.name << " " << i;
            for (const Optimizer::State& state : optimizer->state()) {
                EXPECT_EQ((*state.values)[i] != 0.0F, i >= 13 && i < 62) << state.name << " " << i;
            }
        }
    }
}

TEST(Optimizers, ARestoredStateGoesOnWithTheSameBits) {
    constexpr std::size_t kSize = 50;
    for (const OptimizerEntry& entry : optimizers()) {
        const auto first = entry.make(kSize);
        const auto resumed = entry.make(kSize);
        Floats w = normals(kSize, 1);
        StepSettings settings{.step_size = 0.01,
                              .step = 105,
                              .weight_prior = 0.001,
                              .minibatch = 3,
                              .warmup_steps = 100};
        update_all(*first, w, normals(kSize, 2), settings);
        Floats w_resumed = w;
        const auto saved = first->state();
        const auto restored = resumed->state();
        ASSERT_EQ(saved.size(), restored.size());
        for (std::size_t s = 0; s < saved.size(); ++s) {
            EXPECT_EQ(saved[s].name, restored[s].name);
            EXPECT_TRUE(saved[s].name.starts_with(entry.name + ".")) << saved[s].name;
            ASSERT_EQ(saved[s].values->size(), kSize);
            *restored[s].values = *saved[s].values;
        }
        settings.step = 106;
        update_all(*first, w, normals(kSize, 3), settings);
        update_all(*resumed, w_resumed, normals(kSize, 3), settings);
        EXPECT_EQ(w, w_resumed) << entry.name;
    }
}

TEST(Sgd, StepsAlongTheMeanGradientAndThePrior) {
    const auto sgd = make("sgd", 2);
    Floats w = {1.0F, -2.0F};
    update_all(
        *sgd, w, {10.0F, 4.0F},
        {.step_size = 0.5, .step = 1, .weight_prior = 0.2, .minibatch = 10, .warmup_steps = 100});
    // w + 0.5 / 10 * (g - 0.2 w)
    EXPECT_NEAR(w[0], 1.0 + 0.05 * (10.0 - 0.2), 1e-6);
    EXPECT_NEAR(w[1], -2.0 + 0.05 * (4.0 + 0.4), 1e-6);
    EXPECT_TRUE(sgd->state().empty());
}

TEST(Adagrad, TheFirstHundredStepsOnlyGatherSquares) {
    const auto adagrad = make("adagrad", 2);
    Floats w = {1.0F, -2.0F};
    for (int step = 1; step <= 100; ++step) {
        update_all(*adagrad, w, {3.0F, 0.5F},
                   {.step_size = 0.1,
                    .step = step,
                    .weight_prior = 0.0,
                    .minibatch = 100,
                    .warmup_steps = 100});
    }
    EXPECT_EQ(w, (Floats{1.0F, -2.0F}));
    const AlignedFloats squares = *adagrad->state().at(0).values;
    EXPECT_NEAR(squares[0], 900.0, 1e-3);
    EXPECT_NEAR(squares[1], 25.0, 1e-4);
    update_all(*adagrad, w, {3.0F, 0.5F},
               {.step_size = 0.1,
                .step = 101,
                .weight_prior = 0.0,
                .minibatch = 100,
                .warmup_steps = 100});
    // The summed gradient, not its mean: 0.1 * 3 / sqrt(909).
    EXPECT_NEAR(w[0] - 1.0, 0.1 * 3.0 / std::sqrt(909.0), 1e-6);
    EXPECT_NEAR(w[1] + 2.0, 0.1 * 0.5 / std::sqrt(25.25), 1e-6);
}

TEST(Adagrad, ThePriorPullsTowardsZeroAndCountsInTheSquares) {
    const auto adagrad = make("adagrad", 1);
    Floats w = {2.0F};
    update_all(*adagrad, w, {1.0F},
               {.step_size = 0.1,
                .step = 101,
                .weight_prior = 0.75,
                .minibatch = 100,
                .warmup_steps = 100});
    // g = 1 - 0.75 * 2 = -0.5
    EXPECT_NEAR((*adagrad->state().at(0).values)[0], 0.25, 1e-7);
    EXPECT_NEAR(w[0], 2.0 - 0.1, 1e-6);
}

TEST(Adagrad, TheSmallConstantIsInsideTheSquareRoot) {
    const auto adagrad = make("adagrad", 2);
    Floats w = {0.0F, 0.0F};
    update_all(
        *adagrad, w, {1e-4F, 0.0F},
        {.step_size = 1.0, .step = 101, .weight_prior = 0.0, .minibatch = 1, .warmup_steps = 100});
    EXPECT_NEAR(w[0], 1e-4 / std::sqrt(2e-8), 1e-5);  // 0.707; outside it would be 0.9999
    EXPECT_EQ(w[1], 0.0F);                            // and nothing divided by nothing
}

// Algorithm 1 of Kingma & Ba (2015) for one parameter, in double precision.
struct AdamByHand {
    double w, m = 0.0, v = 0.0;
    void step(double gradient, double step_size, int t) {
        m = 0.9 * m + 0.1 * gradient;
        v = 0.999 * v + 0.001 * gradient * gradient;
        const double m_hat = m / (1.0 - std::pow(0.9, t));
        const double v_hat = v / (1.0 - std::pow(0.999, t));
        w += step_size * m_hat / (std::sqrt(v_hat) + 1e-8);
    }
};

TEST(Adam, FollowsItsAlgorithmOnTheMeanGradient) {
    const auto adam = make("adam", 3);
    Floats w = {0.5F, -1.0F, 3.0F};
    std::vector<AdamByHand> by_hand = {{0.5}, {-1.0}, {3.0}};
    for (int t = 1; t <= 300; ++t) {
        const Floats gradients = normals(3, static_cast<std::uint64_t>(t));
        for (std::size_t i = 0; i < 3; ++i) by_hand[i].step(gradients[i] / 8.0, 0.01, t);
        update_all(*adam, w, gradients,
                   {.step_size = 0.01,
                    .step = t,
                    .weight_prior = 0.0,
                    .minibatch = 8,
                    .warmup_steps = 100});
        for (std::size_t i = 0; i < 3; ++i) {
            ASSERT_NEAR(w[i], by_hand[i].w, 2e-6 * t) << "step " << t;
        }
    }
}

// Nesterov-accelerated Adam (Dozat 2016, algorithm 2) with a momentum of 0.9 at every step, for one
// parameter in double precision.
struct NadamByHand {
    double w, m = 0.0, v = 0.0;
    void step(double gradient, double step_size, int t) {
        m = 0.9 * m + 0.1 * gradient;
        v = 0.999 * v + 0.001 * gradient * gradient;
        const double m_hat =
            0.9 * m / (1.0 - std::pow(0.9, t + 1)) + 0.1 * gradient / (1.0 - std::pow(0.9, t));
        const double v_hat = v / (1.0 - std::pow(0.999, t));
        w += step_size * m_hat / (std::sqrt(v_hat) + 1e-8);
    }
};

TEST(Nadam, FollowsItsAlgorithmOnTheMeanGradient) {
    const auto nadam = make("nadam", 3);
    Floats w = {0.5F, -1.0F, 3.0F};
    std::vector<NadamByHand> by_hand = {{0.5}, {-1.0}, {3.0}};
    for (int t = 1; t <= 300; ++t) {
        const Floats gradients = normals(3, static_cast<std::uint64_t>(t));
        for (std::size_t i = 0; i < 3; ++i) by_hand[i].step(gradients[i] / 8.0, 0.01, t);
        update_all(*nadam, w, gradients,
                   {.step_size = 0.01,
                    .step = t,
                    .weight_prior = 0.0,
                    .minibatch = 8,
                    .warmup_steps = 100});
        for (std::size_t i = 0; i < 3; ++i) {
            ASSERT_NEAR(w[i], by_hand[i].w, 2e-6 * t) << "step " << t;
        }
    }
}

TEST(Adam, TheFirstStepHasTheStepSizeWhateverTheGradient) {
    for (const float gradient : {1e-3F, 1.0F, 1e4F, -50.0F}) {
        const auto adam = make("adam", 1);
        Floats w = {0.0F};
        update_all(*adam, w, {gradient},
                   {.step_size = 0.01,
                    .step = 1,
                    .weight_prior = 0.0,
                    .minibatch = 1,
                    .warmup_steps = 100});
        EXPECT_NEAR(w[0], gradient > 0 ? 0.01 : -0.01, 1e-6) << gradient;
    }
}

TEST(Adam, ThePriorEntersTheGradient) {
    const auto adam = make("adam", 1);
    Floats w = {2.0F};
    update_all(
        *adam, w, {1.0F},
        {.step_size = 0.01, .step = 1, .weight_prior = 0.75, .minibatch = 5, .warmup_steps = 100});
    EXPECT_NEAR((*adam->state().at(0).values)[0], 0.1 * -0.1, 1e-8);  // (1 - 1.5) / 5
    EXPECT_NEAR(w[0], 1.99, 1e-6);
}

TEST(Adam, AParameterWithoutGradientStaysWhereItIs) {
    const auto adam = make("adam", 1);
    Floats w = {2.0F};
    for (int t = 1; t <= 10; ++t) {
        update_all(*adam, w, {0.0F},
                   {.step_size = 0.01,
                    .step = t,
                    .weight_prior = 0.0,
                    .minibatch = 5,
                    .warmup_steps = 100});
    }
    EXPECT_EQ(w[0], 2.0F);
}

}  // namespace
}  // namespace elbow::optim
