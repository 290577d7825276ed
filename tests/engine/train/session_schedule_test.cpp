// A step size that follows a schedule.

#include <gtest/gtest.h>

#include <cmath>

#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::run_steps;
using test::tiny_config;
using test::tiny_dataset;

RunConfig scheduled(const char* schedule, int images) {
    RunConfig config = tiny_config();
    config.schedule = schedule;
    config.schedule_images = images;
    return config;
}

TEST(ScheduledSession, TakesTheStepsThatAHandWouldSet) {
    const auto dataset = tiny_dataset();
    for (const char* optimizer : {"adam", "adagrad", "sgd"}) {
        RunConfig config = scheduled("falls", 400);
        config.optimizer = optimizer;
        config.warmup_steps = 0;
        Session session(config, dataset, 1);
        run_steps(session, 20);
        config.schedule = "constant";
        Session by_hand(config, dataset, 1);
        run_steps(by_hand, 10);
        by_hand.change("step-size", "2e-4");
        run_steps(by_hand, 5);
        by_hand.change("step-size", "2e-5");
        run_steps(by_hand, 5);
        EXPECT_EQ(session.snapshot()->parameters, by_hand.snapshot()->parameters) << optimizer;
    }
}

TEST(ScheduledSession, StandsStillWhereACosineHasEnded) {
    Session session(scheduled("cosine", 200), tiny_dataset(), 1);
    run_steps(session, 10);
    const std::vector<float> at_the_end = session.snapshot()->parameters;
    run_steps(session, 3);
    EXPECT_EQ(session.snapshot()->parameters, at_the_end);
    session.change("schedule-images", "1000");
    session.step();
    EXPECT_NE(session.snapshot()->parameters, at_the_end);
}

TEST(ScheduledSession, GoesOnFromACheckpointAsIfItHadNeverStopped) {
    const auto dataset = tiny_dataset();
    RunConfig config = scheduled("one-cycle", 800);
    config.step_size_warmup = 100;
    Session through(config, dataset, 2);
    run_steps(through, 9);
    through.change("schedule-images", "1200");
    run_steps(through, 4);
    const Checkpoint saved = through.checkpoint();
    run_steps(through, 30);
    Session resumed(saved, dataset, 2);
    run_steps(resumed, 30);
    EXPECT_EQ(resumed.checkpoint().parameters, through.checkpoint().parameters);
}

TEST(ScheduledSession, TellsItsStepSize) {
    Session session(scheduled("falls", 4000), tiny_dataset(), 1);
    EXPECT_EQ(session.reading_names(), std::vector<std::string>{"Step size"});
    run_steps(session, 100);
    EXPECT_DOUBLE_EQ(session.readings().back().value, 2e-3);  // of the last step, not of the next
    run_steps(session, 100);
    const std::vector<TrainRecord> records = session.take_train_records();
    ASSERT_EQ(records.size(), 4U);
    EXPECT_NEAR(records[1].readings.at(0), 2e-3, 1e-12);
    EXPECT_NEAR(records[2].readings.at(0), 2e-4, 1e-12);
    EXPECT_NEAR(records[3].readings.at(0), 2e-5, 1e-12);
}

TEST(ScheduledSession, ARunThatEndsItsScheduleStillTellsTheStepSize) {
    const auto dataset = tiny_dataset();
    Session session(tiny_config(), dataset, 1);
    EXPECT_TRUE(session.readings().empty());
    run_steps(session, 50);
    session.change("schedule", "cosine");
    run_steps(session, 50);
    session.change("schedule", "constant");
    run_steps(session, 50);
    EXPECT_EQ(session.readings().size(), 1U);

    const Checkpoint saved = with_history(session.checkpoint(), {}, session.take_train_records());
    ASSERT_EQ(saved.training.size(), 3U);
    EXPECT_TRUE(std::isnan(saved.training[0].readings.at(0)));  // before there was a schedule
    EXPECT_NEAR(saved.training[2].readings.at(0), 2e-3, 1e-12);
    EXPECT_EQ(Session(saved, dataset, 1).readings().size(), 1U);
}

// Steps as `elbow train` and the window make them, with the evaluations that are due.
void run_measured(Session& session, std::int64_t steps) {
    for (std::int64_t i = 0; i < steps; ++i) {
        if (session.evaluation_due()) session.evaluate();
        session.step();
    }
}

RunConfig stalling() {
    RunConfig config = tiny_config();
    config.schedule = "stall";
    config.stall = 1;
    config.step_size = 0.1;  // so large that the bound goes up and down
    return config;
}

TEST(StallingSession, HalvesItsStepSizeWhereTheBoundGetsNoBetter) {
    Session session(stalling(), tiny_dataset(), 1);
    double best = -1e9;
    int halvings = 0;
    for (int step = 0; step < 600; ++step) {
        if (session.evaluation_due()) {
            const double bound = session.evaluate().test_bound;
            if (bound <= best) ++halvings;
            best = std::max(best, bound);
        }
        session.step();
    }
    ASSERT_GT(halvings, 2);
    EXPECT_EQ(session.checkpoint().stall->halvings, halvings);
    EXPECT_DOUBLE_EQ(session.readings().back().value, std::ldexp(0.1, -halvings));
}

TEST(StallingSession, GoesOnFromACheckpointAsIfItHadNeverStopped) {
    const auto dataset = tiny_dataset();
    for (const std::int64_t at : {1, 29, 30, 31, 200}) {  // an evaluation is due each 30 steps
        Session through(stalling(), dataset, 1);
        run_measured(through, 400);
        Session first(stalling(), dataset, 1);
        run_measured(first, at);
        first.evaluate();  // of somebody who looks, and at the end of a training
        Session second(first.checkpoint(), dataset, 1);
        run_measured(second, 400 - at);
        EXPECT_EQ(second.checkpoint().parameters, through.checkpoint().parameters) << at;
        EXPECT_EQ(second.checkpoint().stall, through.checkpoint().stall) << at;
    }
}

TEST(StallingSession, IsNoPartOfARunWithAnotherSchedule) {
    Session session(tiny_config(), tiny_dataset(), 1);
    Checkpoint saved = session.checkpoint();
    saved.stall = Stall{-100.0, 1, 40, 600};
    const Session resumed(saved, tiny_dataset(), 1);
    EXPECT_FALSE(resumed.checkpoint().stall);
}

TEST(StallingSession, BeginsAnewWithItsSchedule) {
    Session session(stalling(), tiny_dataset(), 1);
    run_measured(session, 600);
    ASSERT_GT(session.checkpoint().stall->halvings, 0);
    session.change("schedule", "constant");
    EXPECT_FALSE(session.checkpoint().stall);
    session.change("schedule", "stall");
    EXPECT_EQ(session.checkpoint().stall->halvings, 0);
}

}  // namespace
}  // namespace elbow::train
