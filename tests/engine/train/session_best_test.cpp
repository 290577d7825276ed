// The best weights of a run, kept beside the last ones.

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;

// A run whose best evaluation lies behind it: so large a step size loses what was learnt.
class BestOfARun : public testing::Test {
  protected:
    void SetUp() override { lose_it(session_); }

    void lose_it(Session& session) {
        run_steps(session, 200);
        before_ = session.snapshot()->parameters;
        bound_ = session.evaluate().test_bound;
        session.change("step-size", "0.2");
        run_steps(session, 20);
        EXPECT_LT(session.evaluate().test_bound, bound_);
    }

    std::vector<float> before_;
    double bound_ = 0.0;
    Session session_{tiny_config(), tiny_dataset(), 1};
};

TEST_F(BestOfARun, IsToldWithWhenItWas) {
    EXPECT_EQ(session_.best(), (Best{bound_, 200, 4000, 1}));
    session_.evaluate();
    EXPECT_EQ(session_.best()->evaluations_since, 2);
}

TEST_F(BestOfARun, IsShownOnRequestWhileTrainingGoesOnFromTheLast) {
    Session other(tiny_config(), tiny_dataset(), 1);
    lose_it(other);
    const std::vector<float> last = session_.snapshot()->parameters;
    session_.change("weights", "best");
    const SnapshotPtr shown = session_.snapshot();
    EXPECT_EQ(shown->parameters, before_);
    EXPECT_EQ(shown->best, (Moment{200, 4000}));
    EXPECT_EQ(shown->made(), (Moment{200, 4000}));
    EXPECT_EQ(shown->samples, 4400);
    session_.change("weights", "live");
    EXPECT_EQ(session_.snapshot()->parameters, last);
    session_.change("weights", "best");
    run_steps(session_, 5);
    session_.change("weights", "live");
    run_steps(other, 5);
    EXPECT_EQ(session_.snapshot()->parameters, other.snapshot()->parameters);
}

TEST_F(BestOfARun, IsStillMeasuredByTheLastWeights) {
    const double last = session_.evaluate().test_bound;
    session_.change("weights", "best");
    EXPECT_EQ(session_.evaluate().test_bound, last);
}

TEST_F(BestOfARun, ComesBackFromACheckpointWhicheverWeightsAreShown) {
    for (const char* weights : {"auto", "best"}) {
        session_.change("weights", weights);
        const Checkpoint saved = session_.checkpoint();
        EXPECT_EQ(saved.parameters, session_.snapshot()->parameters);
        Session resumed(saved, tiny_dataset(), 1);
        EXPECT_EQ(resumed.best(), session_.best());
        for (const char* shown : {"best", "live"}) {
            resumed.change("weights", shown);
            session_.change("weights", shown);
            EXPECT_EQ(resumed.snapshot()->parameters, session_.snapshot()->parameters)
                << weights << ", then " << shown;
        }
    }
}

TEST_F(BestOfARun, IsThatBeforeADivergenceAfterOne) {
    session_.change("step-size", "10");
    session_.change("beta", "50");
    const std::optional<Best> best = session_.best();
    try {
        run_steps(session_, 5000);
    } catch (const Divergence&) {
    }
    session_.change("weights", "best");
    EXPECT_EQ(session_.snapshot()->parameters, before_);
    EXPECT_EQ(session_.best()->score, best->score);
}

TEST(BestWeights, AreNotKeptWhereNobodyWantsThem) {
    RunConfig config = tiny_config();
    config.keep_best = "off";
    Session session(config, tiny_dataset(), 1);
    run_steps(session, 10);
    session.evaluate();
    EXPECT_TRUE(session.best());
    EXPECT_EQ(session.checkpoint().optimizer_state.size(), 2U);  // Adam's
    EXPECT_THROW(session.change("weights", "best"), UsageError);
    const Session resumed(session.checkpoint(), tiny_dataset(), 1);
    EXPECT_EQ(resumed.best(), session.best());
}

TEST(BestWeights, AreTheLastOnesBeforeTheFirstEvaluation) {
    RunConfig config = tiny_config();
    config.weights = "best";
    Session session(config, tiny_dataset(), 1);
    run_steps(session, 10);
    EXPECT_EQ(session.snapshot()->parameters,
              test::weights_after(tiny_config(), tiny_dataset(), 10));
    EXPECT_EQ(Session(session.checkpoint(), tiny_dataset(), 1).snapshot()->parameters,
              session.snapshot()->parameters);
}

TEST(BestWeights, OfARunThatAveragesAreAveragedOnes) {
    RunConfig config = tiny_config();
    config.average = "tail";
    Session session(config, tiny_dataset(), 1);
    run_steps(session, 100);
    session.evaluate();
    const std::vector<float> mean = session.snapshot()->parameters;
    session.change("weights", "best");
    EXPECT_EQ(session.snapshot()->parameters, mean);
}

TEST(SessionEvaluation, IsNotLeftOutWherePatienceOrAScheduleHangsOnIt) {
    RunConfig config = tiny_config();
    Session plain(config, tiny_dataset(), 1);
    EXPECT_TRUE(plain.evaluation_due());
    EXPECT_TRUE(plain.leave_out_evaluation());
    EXPECT_FALSE(plain.evaluation_due()) << "until the next one";
    config.patience = 2;
    Session patient(config, tiny_dataset(), 1);
    EXPECT_FALSE(patient.leave_out_evaluation());
    EXPECT_TRUE(patient.evaluation_due());
    config.patience = 0;
    config.schedule = "stall";
    Session stalling(config, tiny_dataset(), 1);
    EXPECT_FALSE(stalling.leave_out_evaluation());
    EXPECT_TRUE(stalling.evaluation_due());
}

TEST(Patience, EndsAfterSoManyEvaluationsWithoutABetterOne) {
    RunConfig config = tiny_config();
    config.patience = 2;
    Session session(config, tiny_dataset(), 1);
    session.evaluate();
    session.evaluate();
    EXPECT_FALSE(session.is_out_of_patience());
    session.evaluate();
    EXPECT_TRUE(session.is_out_of_patience());
    EXPECT_TRUE(Session(session.checkpoint(), tiny_dataset(), 1).is_out_of_patience());
    session.be_patient_again();
    EXPECT_FALSE(session.is_out_of_patience());
    run_steps(session, 100);
    session.evaluate();
    EXPECT_EQ(session.best()->evaluations_since, 0);
}

TEST(Patience, IsEndlessUnlessSomebodySaysSo) {
    Session session(tiny_config(), tiny_dataset(), 1);
    for (int i = 0; i < 20; ++i) session.evaluate();
    EXPECT_FALSE(session.is_out_of_patience());
}

}  // namespace
}  // namespace elbow::train
