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

}  // namespace
}  // namespace elbow::train
