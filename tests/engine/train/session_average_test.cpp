// A run that averages its weights: what is shown of it, and that it goes on from a checkpoint.

#include <gtest/gtest.h>

#include "engine/optim/average.h"
#include "engine/train/held_out.h"
#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;
using test::weights_after;

RunConfig averaging(const char* average) {
    RunConfig config = tiny_config();
    config.average = average;
    config.average_span = 64;
    return config;
}

// The live weights' mean by the definition, after so many steps.
std::vector<float> mean_after(const RunConfig& config, std::int64_t steps) {
    RunConfig plain = config;
    plain.average = "off";
    Session session(plain, tiny_dataset(), 1);
    std::vector<float> mean = session.snapshot()->parameters;
    for (std::int64_t i = 1; i <= steps; ++i) {
        session.step();
        const auto share = static_cast<float>(optim::average_share(
            optim::averages().at(config.average), i, {config.average_span, config.average_part}));
        if (share == 0.0F) continue;
        const std::vector<float> now = session.snapshot()->parameters;
        for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += share * (now[k] - mean[k]);
    }
    return mean;
}

TEST(AveragingSession, ShowsTheMeanAndTrainsTheLiveWeights) {
    for (const char* average : {"tail", "exponential"}) {
        const RunConfig config = averaging(average);
        Session session(config, tiny_dataset(), 2);
        EXPECT_EQ(session.snapshot()->parameters, weights_after(tiny_config(), tiny_dataset(), 0));
        run_steps(session, 100);
        const SnapshotPtr shown = session.snapshot();
        EXPECT_TRUE(shown->averaged);
        const std::vector<float> mean = mean_after(config, 100);
        for (std::size_t k = 0; k < mean.size(); ++k)
            ASSERT_NEAR(shown->parameters[k], mean[k], 1e-4) << average << " " << k;
        session.change("weights", "live");
        EXPECT_FALSE(session.snapshot()->averaged);
        EXPECT_EQ(session.snapshot()->parameters,
                  weights_after(tiny_config(), tiny_dataset(), 100, 2));
    }
}

TEST(AveragingSession, MeasuresWhatItShows) {
    Session session(averaging("tail"), tiny_dataset(), 1);
    run_steps(session, 200);
    const EvaluationRecord averaged = session.evaluate();
    EXPECT_TRUE(averaged.averaged);
    const SnapshotPtr shown = session.snapshot();
    Team alone(1);
    EXPECT_EQ(averaged.test_bound, measure_held_out(session.config(), session.spec(),
                                                    shown->parameters, session.dataset(), alone)
                                       .bound());
    EXPECT_FALSE(session.evaluation_due());
    session.change("weights", "live");
    EXPECT_TRUE(session.evaluation_due()) << "what was measured is not what is shown";
    const EvaluationRecord live = session.evaluate();
    EXPECT_FALSE(live.averaged);
    EXPECT_NE(live.test_bound, averaged.test_bound);
}

TEST(AveragingSession, AnEvaluationThatHasBegunIsOfOneKindOfWeights) {
    Session session(averaging("tail"), tiny_dataset(), 1);
    run_steps(session, 200);
    session.evaluate_some(0.0);
    session.change("weights", "live");
    const EvaluationRecord record = session.evaluate();
    Session whole(averaging("tail"), tiny_dataset(), 1);
    whole.change("weights", "live");
    run_steps(whole, 200);
    EXPECT_EQ(record.test_bound, whole.evaluate().test_bound);
}

TEST(AveragingSession, GoesOnFromACheckpointAsIfItHadNeverStopped) {
    const auto dataset = tiny_dataset();
    for (const char* weights : {"averaged", "live"}) {
        RunConfig config = averaging("exponential");
        config.schedule = "cosine";
        config.schedule_images = 4000;
        Session through(config, dataset, 1);
        through.change("weights", weights);
        run_steps(through, 53);
        const Checkpoint saved = through.checkpoint();
        EXPECT_EQ(saved.parameters, through.snapshot()->parameters);
        run_steps(through, 60);
        Session resumed(saved, dataset, 1);
        run_steps(resumed, 60);
        for (const char* shown : {"averaged", "live"}) {
            through.change("weights", shown);
            resumed.change("weights", shown);
            EXPECT_EQ(resumed.snapshot()->parameters, through.snapshot()->parameters)
                << weights << ", then " << shown;
        }
    }
}

TEST(AveragingSession, ACheckpointWithoutItsMeanIsRefused) {
    Session session(averaging("tail"), tiny_dataset(), 1);
    run_steps(session, 20);
    Checkpoint saved = session.checkpoint();
    saved.optimizer_state.pop_back();
    EXPECT_THROW(Session(saved, tiny_dataset(), 1), Error);
}

TEST(AveragingSession, SaysWhichWeightsItsEvaluationsAreOf) {
    const RunConfig config = averaging("tail");
    EXPECT_EQ(weights_text(config, {}), ", averaged weights");
    EXPECT_EQ(weights_text(tiny_config(), {}), "");
    EvaluationRecord live{};
    EvaluationRecord averaged{};
    averaged.averaged = true;
    EXPECT_EQ(weights_text(config, {live}), "");
    EXPECT_EQ(weights_text(config, {averaged}), ", averaged weights");
    EXPECT_EQ(weights_text(config, {averaged, live}), ", live and averaged weights");
}

}  // namespace
}  // namespace elbow::train
