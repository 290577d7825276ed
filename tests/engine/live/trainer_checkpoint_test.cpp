// Checkpoints that a trainer takes, and goes on from.

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;
using test::weights_after;

TEST_F(TrainerTest, ACheckpointIsTakenWhilePlayingAndResumesExactly) {
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return step() > 50; }));
    const auto taken = checkpoint();
    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(taken->parameters, weights_after(tiny_config(), dataset, taken->step));

    trainer.send(Pause{});
    const std::uint64_t before = run();
    trainer.send(Resume{taken, dataset});
    ASSERT_TRUE(comes_true([&] { return run() > before; }));
    EXPECT_EQ(step(), taken->step);
    trainer.send(StepOnce{});
    ASSERT_TRUE(comes_true([&] { return step() == taken->step + 1; }));
    EXPECT_EQ(trainer.state()->snapshot->parameters,
              weights_after(tiny_config(), dataset, taken->step + 1));
}

TEST_F(TrainerTest, AResumedRunHasItsWholeTrainingCurve) {
    start_and_pause(tiny_config(), 300);
    const auto taken = checkpoint();
    ASSERT_NE(taken, nullptr);
    ASSERT_GE(taken->training.size(), 6U);
    EXPECT_LE(taken->training.back().samples, taken->samples);
    EXPECT_TRUE(taken->readings.empty());

    const std::uint64_t before = run();
    trainer.send(Resume{taken, dataset});
    ASSERT_TRUE(comes_true([&] { return run() > before; }));
    const auto again = checkpoint();
    ASSERT_EQ(again->training.size(), taken->training.size());
    EXPECT_EQ(again->training.front().samples, taken->training.front().samples);
    EXPECT_EQ(again->training.back().bound, taken->training.back().bound);
    trainer.send(Play{});
    ASSERT_TRUE(comes_true([&] { return step() > taken->step + 200; }));
    const auto later = checkpoint();
    ASSERT_GT(later->training.size(), taken->training.size());
    for (std::size_t i = 1; i < later->training.size(); ++i)
        EXPECT_GT(later->training[i].samples, later->training[i - 1].samples);
}

TEST_F(TrainerTest, AResumedRunHandsItsPastOnWithoutTraining) {
    start_and_pause(tiny_config(), 300);
    const auto taken = checkpoint();
    trainer.send(Resume{taken, dataset});
    std::vector<train::TrainRecord> told;
    ASSERT_TRUE(comes_true([&] {
        for (train::TrainRecord& record : trainer.take_update().train_records)
            told.push_back(std::move(record));
        return told.size() == taken->training.size();
    }));
    EXPECT_EQ(told.back().seconds, taken->training.back().seconds);
}

TEST_F(TrainerTest, AResumedRunIsPausedOrPlaysAsAskedAndIsToldApart) {
    start_and_pause(tiny_config());
    const auto taken = checkpoint();
    trainer.send(Resume{taken, dataset, true, 5});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 5; }));
    EXPECT_TRUE(comes_to(TrainerStatus::kPlaying));
    trainer.send(Resume{taken, dataset, false, 6});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 6; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    EXPECT_EQ(step(), taken->step) << "not a step was made";
    trainer.send(Resume{taken, dataset, std::nullopt, 7});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 7; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    trainer.send(Restart{tiny_config(), dataset});
    EXPECT_TRUE(comes_true([&] { return trainer.state()->resumed == 0; }));
}

// Such a table may be of another version, or of another estimator.
TEST_F(TrainerTest, ATrainingCurveWithOtherReadingsIsTakenWithoutThem) {
    start_and_pause(tiny_config(), 100);
    const auto other = std::make_shared<train::Checkpoint>(*checkpoint());
    for (train::TrainRecord& record : other->training) record.readings = {1.0, 2.0};
    trainer.send(Resume{other, dataset, false, 3});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 3; }));
    const auto again = checkpoint();
    ASSERT_EQ(again->training.size(), other->training.size());
    EXPECT_TRUE(again->training.front().readings.empty());
}

TEST_F(TrainerTest, WithoutABoundTheStartIsToldByTheReconstruction) {
    RunConfig config = tiny_config();
    config.estimator = "autoencoder";
    start_and_pause(config);
    const auto taken = take();
    ASSERT_FALSE(taken->checkpoint.evaluations.empty());
    const train::EvaluationRecord& first = taken->checkpoint.evaluations.front();
    EXPECT_TRUE(std::isnan(first.test_bound));
    EXPECT_EQ(taken->start.bound, first.test_reconstruction);
}

TEST_F(TrainerTest, ACheckpointTakenJustBeforeARestartIsOfTheRunBefore) {
    start_and_pause(tiny_config());
    const std::int64_t before = step();
    trainer.send(TakeCheckpoint{71});
    trainer.send(TakeCheckpoint{72});
    trainer.send(Restart{tiny_config(), dataset});
    std::vector<std::uint64_t> numbers;
    ASSERT_TRUE(comes_true([&] {
        for (const auto& taken : trainer.take_update().taken) {
            numbers.push_back(taken->number);
            EXPECT_EQ(taken->checkpoint.step, before);
            EXPECT_FALSE(taken->checkpoint.evaluations.empty());
        }
        return numbers.size() == 2;
    }));
    EXPECT_EQ(numbers, (std::vector<std::uint64_t>{71, 72}));
}

}  // namespace
}  // namespace elbow::live
