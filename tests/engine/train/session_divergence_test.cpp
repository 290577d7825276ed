// A session that diverges, and goes back to where it was sound.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/error.h"
#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;

TEST(Session, ARunThatDivergesGoesBackToWhereItWasSound) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.activation = "relu";
    config.step_size = 10.0;
    Session session(config, tiny_dataset(), 1);
    const std::vector<float> before = session.snapshot()->parameters;
    try {
        run_steps(session, 10000);
        FAIL() << "expected an Error";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("at step "));
        EXPECT_THAT(error.what(), testing::HasSubstr("smaller step size"));
    }
    EXPECT_EQ(session.steps(), 0);
    EXPECT_EQ(session.snapshot()->parameters, before);
}

// Between the step that breaks a run and the one that notices it there may be an evaluation, whose
// bound is finite.
TEST(Session, GoesBackToNothingThatAnEvaluationFoundUnsound) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    for (const bool resumed : {false, true}) {
        Session first(config, tiny_dataset(), 1);
        run_steps(first, 10);
        Session session(first.checkpoint(), tiny_dataset(), 1);
        Session& run = resumed ? session : first;
        if (!resumed) run.evaluate();
        const Checkpoint sound = run.checkpoint();
        run_steps(run, 1);
        run.change("step-size", "10");
        run.step();
        run.step();
        const double broken = run.evaluate().test_bound;
        ASSERT_TRUE(std::isfinite(broken)) << "or the test does not say what it should";
        ASSERT_LT(broken, -1e4);
        EXPECT_THROW(run_steps(run, 1000), Error);
        EXPECT_EQ(run.steps(), sound.step);
        EXPECT_EQ(run.snapshot()->parameters, sound.parameters);
    }
}

// The first step would say that its size was too large.
TEST(Session, RefusesWeightsThatGiveNoFiniteBound) {
    Session session(tiny_config(), tiny_dataset(), 1);
    Checkpoint damaged = session.checkpoint();
    for (float& weight : damaged.parameters) weight *= 1e30F;
    try {
        const Session taken(damaged, tiny_dataset(), 1);
        FAIL() << "was taken";
    } catch (const Error& error) {
        EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr("no finite held-out bound"),
                                                 testing::HasSubstr("whole copy")));
    }
}

TEST(Session, ADivergedRunIsBackWithTheOptionsOfThatMoment) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    Session session(config, tiny_dataset(), 1);
    run_steps(session, 10);
    session.change("beta", "2");
    run_steps(session, 10);
    session.evaluate();
    const Checkpoint sound = session.checkpoint();
    session.change("beta", "3");
    session.change("step-size", "10");
    EXPECT_THROW(run_steps(session, 1000), Error);
    EXPECT_EQ(session.steps(), sound.step);
    EXPECT_EQ(session.config().beta, 2.0);
    EXPECT_EQ(session.config().step_size, 1e-4);
    // So that what goes on from here is what its log says.
    run_steps(session, 10);
    Session resumed(sound, tiny_dataset(), 1);
    run_steps(resumed, 10);
    EXPECT_EQ(session.snapshot()->parameters, resumed.snapshot()->parameters);
}

TEST(Session, AnAverageThatIsStillSoundDoesNotHideBrokenWeights) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    config.average = "tail";
    Session session(config, tiny_dataset(), 1);
    run_steps(session, 32);
    const double sound = session.evaluate().score();
    EXPECT_NEAR(session.live_score(sound), sound, 0.05 * std::abs(sound));
    session.change("step-size", "10");
    run_steps(session, 2);  // these break the live weights, which the average has not taken in yet
    const double shown = session.evaluate().score();
    EXPECT_EQ(shown, sound);
    EXPECT_NE(why_diverged(session.checkpoint(), session.live_score(shown), sound), "");
    EXPECT_NE(why_diverged(session.checkpoint(),
                           held_out_score(session.checkpoint(), session.dataset()), sound),
              "");
    EXPECT_THROW(run_steps(session, 1000), Divergence);
    EXPECT_EQ(session.steps(), 32) << "not where it was broken already";
}

// The window's button and a person who lowers the step size do the same.
TEST(Session, ADivergedRunGoesOnWithASmallerStepSizeAndCanBeRepeated) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 10.0;
    Session session(config, tiny_dataset(), 1);
    double tried = config.step_size;
    while (session.steps() < 300) {
        try {
            session.step();
        } catch (const Divergence& divergence) {
            ASSERT_EQ(divergence.breaking_step_size(), tried);
            RunConfig smaller = session.config();
            smaller.step_size = tried = smaller_step_size(tried);
            session.change("step-size", option_text(smaller, *find_run_option("step-size")));
        }
    }
    EXPECT_LT(tried, config.step_size);
    EXPECT_EQ(session.config().step_size, tried);

    const Checkpoint end = session.checkpoint();
    Session again(end.config, tiny_dataset(), 1);
    for (const LoggedChange& change : end.changes) {
        run_steps(again, change.step - again.steps());
        again.change(change.option, change.value);
    }
    run_steps(again, end.step - again.steps());
    EXPECT_EQ(again.snapshot()->parameters, session.snapshot()->parameters);
}

TEST(Session, ADivergedRunIsEvaluatedAgainWhereItWouldHaveBeen) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    Session session(config, tiny_dataset(), 1);
    const auto step_to_evaluation = [&] {
        while (!session.evaluation_due()) session.step();
        return session.samples();
    };
    session.step();
    const std::int64_t first = step_to_evaluation();
    session.evaluate();
    const std::int64_t second = step_to_evaluation();
    ASSERT_GT(second, first);
    session.change("step-size", "10");
    EXPECT_THROW(run_steps(session, 1000), Divergence);
    EXPECT_EQ(session.samples(), first);
    EXPECT_EQ(step_to_evaluation(), second);
}

}  // namespace
}  // namespace elbow::train
