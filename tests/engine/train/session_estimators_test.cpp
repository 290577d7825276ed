// A session with each estimator.

#include <gtest/gtest.h>

#include "engine/core/error.h"
#include "engine/estimator/estimator.h"
#include "engine/run/check_run.h"
#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;
using test::weights_after;

TEST(Session, EachOfAnEstimatorsUpdatesHasANumberOfItsOwn) {
    RunConfig config = tiny_config();
    config.estimator = "mcem";  // five updates from each minibatch
    config.optimizer = "adagrad";
    config.warmup_steps = 5;
    Session gathers(config, tiny_dataset(), 1);
    const std::vector<float> initial = gathers.snapshot()->parameters;
    gathers.step();
    EXPECT_EQ(gathers.snapshot()->parameters, initial);
    config.warmup_steps = 4;
    Session moves(config, tiny_dataset(), 1);
    moves.step();
    EXPECT_NE(moves.snapshot()->parameters, initial);
}

// What every estimator remembers is in the checkpoint, whatever it is.
TEST(Session, EveryEstimatorGoesOnBitEqualFromACheckpoint) {
    for (const auto& entry : estimator::estimators()) {
        for (const char* targets : {"grey", "redrawn"}) {
            SCOPED_TRACE(entry.name + ", " + targets);
            RunConfig config = tiny_config();
            config.targets = targets;
            config.augment = "both";
            config = run::with_estimator(config, entry.name);
            Session whole(config, tiny_dataset(), 1);
            run_steps(whole, 12);
            const Checkpoint half = whole.checkpoint();
            run_steps(whole, 12);
            Session resumed(half, tiny_dataset(), 1);
            run_steps(resumed, 12);
            EXPECT_EQ(resumed.snapshot()->parameters, whole.snapshot()->parameters);
        }
    }
}

TEST(Session, EveryEstimatorLearns) {
    for (const auto& entry : estimator::estimators()) {
        for (const char* likelihood : {"bernoulli", "gaussian"}) {
            SCOPED_TRACE(entry.name + ", " + likelihood);
            RunConfig config = tiny_config();
            config.estimator = entry.name;
            config.likelihood = likelihood;
            Session session(config, tiny_dataset(), 1);
            run_steps(session, 1000);
            const auto records = session.take_train_records();
            ASSERT_GE(records.size(), 4U);
            EXPECT_GT(records.back().reconstruction, records.front().reconstruction);
        }
    }
}

// Full VB's own objective: the bound of an image at drawn weights less its share of their KL.
TEST(Session, FullVbImprovesItsWholeBound) {
    RunConfig config = tiny_config();
    config.estimator = "full_vb";
    Session session(config, tiny_dataset(), 1);
    const auto whole_bound = [&] {
        session.take_train_records();
        run_steps(session, 100);
        const std::vector<TrainRecord> records = session.take_train_records();
        const auto readings = session.readings();
        EXPECT_EQ(readings.at(1).name, std::string("KL of the weights per image"));
        return records.back().bound - readings.at(1).value;
    };
    const double early = whole_bound();
    run_steps(session, 1000);
    const double later = whole_bound();
    run_steps(session, 2000);
    const double last = whole_bound();
    EXPECT_GT(later, early + 5.0);
    EXPECT_GT(last, later);
}

TEST(Session, ThePriorOnTheWeightsDoesNotCountTwice) {
    RunConfig config = tiny_config();
    config.estimator = "full_vb";
    config.optimizer = "adagrad";  // adds the prior unless told otherwise
    const auto automatic = weights_after(config, tiny_dataset(), 20);
    config.weight_prior = "off";
    EXPECT_EQ(weights_after(config, tiny_dataset(), 20), automatic);
    config.weight_prior = "on";
    EXPECT_THROW(Session(config, tiny_dataset(), 1), UsageError);
}

}  // namespace
}  // namespace elbow::train
