// A run that goes on from an earlier moment of another one.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/core/error.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;

class SessionBranch : public testing::Test {
  protected:
    // 30 steps, of which the weights after 10 are held.
    SnapshotPtr train(Session& session) {
        std::vector<EvaluationRecord> evaluations{session.evaluate()};
        run_steps(session, 10);
        SnapshotPtr moment = session.snapshot();
        evaluations.push_back(session.evaluate());
        run_steps(session, 20);
        evaluations.push_back(session.evaluate());
        later_ = with_history(session.checkpoint(), evaluations, session.take_train_records());
        return moment;
    }

    const std::shared_ptr<const data::Dataset> dataset_ = test::tiny_dataset();
    Checkpoint later_;
};

TEST_F(SessionBranch, BeginsWithTheWeightsAndTheCountsOfTheMoment) {
    Session session(tiny_config(), dataset_, 1);
    const SnapshotPtr moment = train(session);
    const Session branch(later_, *moment, dataset_, 1, 5);
    EXPECT_EQ(branch.steps(), 10);
    EXPECT_EQ(branch.samples(), 200);
    EXPECT_EQ(branch.snapshot()->parameters, moment->parameters);
    EXPECT_EQ(branch.snapshot()->run, 5u);
    EXPECT_EQ(branch.branches(), (std::vector<Moment>{{10, 200}}));
    EXPECT_LE(branch.train_seconds(), later_.train_seconds);
    EXPECT_FALSE(branch.best()) << "which weights were the best is not held";
    EXPECT_NE(session.snapshot()->parameters, moment->parameters) << "the run itself goes on";
}

TEST_F(SessionBranch, OfAnOptimiserThatRemembersNothingItMakesTheSameSteps) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    Session session(config, dataset_, 1);
    const SnapshotPtr moment = train(session);
    Session branch(later_, *moment, dataset_, 1);
    run_steps(branch, 20);
    EXPECT_EQ(branch.snapshot()->parameters, later_.parameters)
        << "the same images and the same noise";
}

TEST_F(SessionBranch, AdamsAveragesBeginAnew) {
    RunConfig config = tiny_config();
    config.optimizer = "adam";
    Session session(config, dataset_, 1);
    const SnapshotPtr moment = train(session);
    Session branch(later_, *moment, dataset_, 1);
    const Checkpoint at_once = branch.checkpoint();
    const Checkpoint anew = Session(config, dataset_, 1).checkpoint();
    ASSERT_EQ(at_once.optimizer_state.size(), anew.optimizer_state.size());
    for (std::size_t i = 0; i < anew.optimizer_state.size(); ++i)
        EXPECT_EQ(at_once.optimizer_state[i].values, anew.optimizer_state[i].values);
    // An average that begins anew is as young as that of a new run: its first step is as long as
    // the step size, and no longer.
    branch.step();
    const std::vector<float> stepped = branch.snapshot()->parameters;
    double longest = 0.0;
    for (std::size_t i = 0; i < stepped.size(); ++i)
        longest = std::max(longest, std::abs(double{stepped[i]} - moment->parameters[i]));
    EXPECT_NEAR(longest, config.step_size, 0.01 * config.step_size);
    run_steps(branch, 19);
    EXPECT_NE(branch.snapshot()->parameters, later_.parameters);
    EXPECT_TRUE(std::isfinite(branch.evaluate().test_bound));
}

TEST_F(SessionBranch, AdagradsWarmUpBeginsAnew) {
    RunConfig config = tiny_config();
    config.optimizer = "adagrad";
    config.warmup_steps = 4;
    Session session(config, dataset_, 1);
    const SnapshotPtr moment = train(session);
    EXPECT_EQ(session.warmup_updates_left(), 0);
    Session branch(later_, *moment, dataset_, 1);
    EXPECT_EQ(branch.warmup_updates_left(), 4);
    run_steps(branch, 4);
    EXPECT_EQ(branch.snapshot()->parameters, moment->parameters);
    branch.step();
    EXPECT_NE(branch.snapshot()->parameters, moment->parameters);
}

TEST_F(SessionBranch, HasTheOptionsOfNowAndLogsWhatThatChanged) {
    Session session(tiny_config(), dataset_, 1);
    session.change("beta", "2");
    const SnapshotPtr moment = [&] {
        run_steps(session, 10);
        return session.snapshot();
    }();
    run_steps(session, 5);
    session.change("beta", "3");
    session.change("step-size", "0.001");
    run_steps(session, 5);
    const Session branch(session.checkpoint(), *moment, dataset_, 1);
    EXPECT_EQ(branch.config(), session.config());
    const std::vector<LoggedChange> changes = branch.checkpoint().changes;
    ASSERT_EQ(changes.size(), 3u);
    EXPECT_EQ(changes[0].value, "2");
    for (std::size_t i = 1; i < 3; ++i) EXPECT_EQ(changes[i].step, 10);
    EXPECT_EQ(config_now(branch.checkpoint()), session.config());
}

TEST_F(SessionBranch, GoesOnAfterBeingSavedAndBranchesAgain) {
    Session session(tiny_config(), dataset_, 1);
    const SnapshotPtr moment = train(session);
    Session branch(later_, *moment, dataset_, 1);
    run_steps(branch, 3);
    Session again(branch.checkpoint(), dataset_, 1);
    EXPECT_EQ(again.branches(), branch.branches());
    run_steps(branch, 4);
    run_steps(again, 4);
    EXPECT_EQ(again.snapshot()->parameters, branch.snapshot()->parameters);
    const SnapshotPtr second = again.snapshot();
    run_steps(again, 2);
    const Session twig(again.checkpoint(), *second, dataset_, 1);
    EXPECT_EQ(twig.branches(), (std::vector<Moment>{{10, 200}, {17, 340}}));
    // One that goes back to before a branch does not have it.
    const Session before(again.checkpoint(), *moment, dataset_, 1);
    EXPECT_EQ(before.branches(), (std::vector<Moment>{{10, 200}}));
}

TEST_F(SessionBranch, EveryOptimiserAndTheAverageCanBranch) {
    for (const char* optimizer : {"sgd", "adagrad", "adam"}) {
        RunConfig config = tiny_config();
        config.optimizer = optimizer;
        config.step_size = 1e-4;
        config.average = "exponential";
        Session session(config, dataset_, 1);
        const SnapshotPtr moment = train(session);
        Session branch(later_, *moment, dataset_, 1);
        run_steps(branch, 5);
        EXPECT_TRUE(std::isfinite(branch.evaluate().test_bound)) << optimizer;
    }
}

TEST_F(SessionBranch, RefusesAMomentOfAnotherModel) {
    Session session(tiny_config(), dataset_, 1);
    train(session);
    RunConfig other = tiny_config();
    other.latents = 3;
    const SnapshotPtr moment = Session(other, dataset_, 1).snapshot();
    EXPECT_THROW(Session(later_, *moment, dataset_, 1), Error);
    ParameterSnapshot broken = *session.snapshot();
    for (float& value : broken.parameters) value = std::nanf("");
    EXPECT_THROW(Session(later_, broken, dataset_, 1), Error) << "it gives no finite bound";
}

}  // namespace
}  // namespace elbow::train
