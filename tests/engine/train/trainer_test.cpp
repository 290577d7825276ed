#include "engine/train/trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

using test::comes_true;
using test::tiny_config;
using test::tiny_dataset;
using test::weights_after;

class TrainerTest : public testing::Test {
  protected:
    std::int64_t step() const {
        const auto state = trainer.state();
        return state->snapshot ? state->snapshot->step : -1;
    }
    std::uint64_t run() const {
        const auto state = trainer.state();
        return state->snapshot ? state->snapshot->run : 0;
    }
    bool comes_to(TrainerStatus status) const {
        return comes_true([&] { return trainer.state()->status == status; });
    }
    // Starts a run and pauses it at whatever step it has come to.
    void start_and_pause(const RunConfig& config, std::int64_t at_least = 20) {
        trainer.send(Restart{config, dataset});
        ASSERT_TRUE(comes_true([&] { return step() >= at_least; }));
        trainer.send(Pause{});
        ASSERT_TRUE(comes_to(TrainerStatus::kPaused));
    }
    // A command that is answered only after all the commands before it.
    std::shared_ptr<const TakenCheckpoint> take() {
        const std::uint64_t number = ++checkpoint_number;
        trainer.send(TakeCheckpoint{number});
        std::shared_ptr<const TakenCheckpoint> taken;
        EXPECT_TRUE(comes_true([&] {
            for (const auto& answer : trainer.take_update().taken) {
                if (answer->number != number) continue;
                EXPECT_EQ(answer->dataset, dataset);
                taken = answer;
            }
            return taken != nullptr;
        }));
        return taken;
    }
    std::shared_ptr<const Checkpoint> checkpoint() {
        const auto taken = take();
        return taken ? std::shared_ptr<const Checkpoint>(taken, &taken->checkpoint) : nullptr;
    }

    std::shared_ptr<const data::Dataset> dataset = tiny_dataset();
    std::uint64_t checkpoint_number = 0;
    Trainer trainer{1};
};

TEST_F(TrainerTest, IsIdleUntilThereIsARun) {
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kIdle);
    EXPECT_EQ(trainer.state()->snapshot, nullptr);
}

TEST_F(TrainerTest, TrainsOnRestart) {
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return step() > 100; }));
    const auto state = trainer.state();
    EXPECT_EQ(state->status, TrainerStatus::kPlaying);
    EXPECT_EQ(state->config, tiny_config());
    EXPECT_EQ(state->dataset, dataset);
    EXPECT_EQ(state->threads, 1);
    EXPECT_EQ(state->snapshot->samples, state->snapshot->step * 20);
    EXPECT_TRUE(state->refusal.empty()) << state->refusal;
}

TEST_F(TrainerTest, PauseStopsTheSamplesAndPlayGoesOn) {
    start_and_pause(tiny_config());
    const std::int64_t paused_at = step();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(checkpoint()->step, paused_at);
    EXPECT_EQ(step(), paused_at);
    trainer.send(Play{});
    EXPECT_TRUE(comes_true([&] { return step() > paused_at; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPlaying);
}

TEST_F(TrainerTest, GivesTheWeightsOfARunWithoutAThread) {
    start_and_pause(tiny_config(), 500);
    const SnapshotPtr snapshot = trainer.state()->snapshot;
    EXPECT_EQ(snapshot->parameters, weights_after(tiny_config(), dataset, snapshot->step));
}

TEST_F(TrainerTest, StepOnceMakesExactlyOneMinibatch) {
    start_and_pause(tiny_config());
    for (int i = 0; i < 3; ++i) {
        const std::int64_t before = step();
        trainer.send(StepOnce{});
        ASSERT_TRUE(comes_true([&] { return step() > before; }));
        EXPECT_EQ(checkpoint()->step, before + 1);
        EXPECT_EQ(step(), before + 1);
        EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    }
}

TEST_F(TrainerTest, StepOnceWhilePlayingPauses) {
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return step() > 0; }));
    trainer.send(StepOnce{});
    ASSERT_TRUE(comes_to(TrainerStatus::kPaused));
    const SnapshotPtr snapshot = trainer.state()->snapshot;
    EXPECT_GT(snapshot->step, 0);
}

TEST_F(TrainerTest, RestartWithTheSameSeedReproducesTheWeights) {
    start_and_pause(tiny_config());
    const std::uint64_t first_run = run();
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return run() > first_run; }));
    // Paused as it was, at the start of the new run.
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    EXPECT_EQ(step(), 0);
    EXPECT_EQ(trainer.state()->snapshot->parameters, weights_after(tiny_config(), dataset, 0));
    for (int i = 0; i < 4; ++i) trainer.send(StepOnce{});
    ASSERT_TRUE(comes_true([&] { return step() == 4; }));
    EXPECT_EQ(trainer.state()->snapshot->parameters, weights_after(tiny_config(), dataset, 4));
}

TEST_F(TrainerTest, AChangedOptionIsInTheStateAndInTheLog) {
    start_and_pause(tiny_config());
    const std::int64_t at = step();
    trainer.send(ChangeOption{"step-size", "0.01"});
    const auto taken = checkpoint();
    ASSERT_EQ(taken->changes.size(), 1u);
    EXPECT_EQ(taken->changes[0].step, at);
    EXPECT_TRUE(comes_true([&] { return trainer.state()->config.step_size > 0.009; }));
    EXPECT_TRUE(trainer.state()->refusal.empty()) << trainer.state()->refusal;
}

TEST_F(TrainerTest, ARefusedCommandGivesAMessageAndTheRunGoesOn) {
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return step() > 0; }));
    const std::uint64_t first = trainer.state()->refusal_number;
    trainer.send(ChangeOption{"latent", "5"});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number > first; }));
    EXPECT_FALSE(trainer.state()->refusal.empty());
    const std::int64_t at = step();
    EXPECT_TRUE(comes_true([&] { return step() > at; }));

    // A restart that cannot be made leaves the run that there is.
    const std::uint64_t second = trainer.state()->refusal_number;
    const std::uint64_t same_run = run();
    RunConfig impossible = tiny_config();
    impossible.minibatch = 1000;
    trainer.send(Restart{impossible, dataset});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number > second; }));
    EXPECT_NE(trainer.state()->refusal.find("--batch"), std::string::npos);
    const std::int64_t then = step();
    EXPECT_TRUE(comes_true([&] { return step() > then; }));
    EXPECT_EQ(run(), same_run);
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPlaying);
}

TEST_F(TrainerTest, CommandsWithoutARunAreRefusedWithAMessage) {
    trainer.send(StepOnce{});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number == 1; }));
    trainer.send(TakeCheckpoint{1});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number == 2; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kIdle);
}

TEST_F(TrainerTest, ACheckpointIsTakenWhilePlayingAndResumesExactly) {
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return step() > 50; }));
    const auto taken = checkpoint();
    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(taken->parameters, weights_after(tiny_config(), dataset, taken->step));

    trainer.send(Pause{});
    const std::uint64_t before = run();
    trainer.send(Resume{taken, dataset, {}});
    ASSERT_TRUE(comes_true([&] { return run() > before; }));
    EXPECT_EQ(step(), taken->step);
    trainer.send(StepOnce{});
    ASSERT_TRUE(comes_true([&] { return step() == taken->step + 1; }));
    EXPECT_EQ(trainer.state()->snapshot->parameters,
              weights_after(tiny_config(), dataset, taken->step + 1));
}

TEST_F(TrainerTest, AResumedRunHasItsWholeTrainingCurve) {
    start_and_pause(tiny_config(), 300);
    const auto taken = take();
    ASSERT_NE(taken, nullptr);
    ASSERT_GE(taken->training.size(), 6U);
    EXPECT_LE(taken->training.back().samples, taken->checkpoint.samples);
    EXPECT_TRUE(taken->readings.empty());

    const std::uint64_t before = run();
    trainer.send(
        Resume{{taken, &taken->checkpoint}, dataset, taken->evaluations, 1, taken->training});
    ASSERT_TRUE(comes_true([&] { return run() > before; }));
    const auto again = take();
    ASSERT_EQ(again->training.size(), taken->training.size());
    EXPECT_EQ(again->training.front().samples, taken->training.front().samples);
    EXPECT_EQ(again->training.back().bound, taken->training.back().bound);
    trainer.send(Play{});
    ASSERT_TRUE(comes_true([&] { return step() > taken->checkpoint.step + 200; }));
    const auto later = take();
    ASSERT_GT(later->training.size(), taken->training.size());
    for (std::size_t i = 1; i < later->training.size(); ++i)
        EXPECT_GT(later->training[i].samples, later->training[i - 1].samples);
}

TEST_F(TrainerTest, AResumedRunHandsItsPastOnWithoutTraining) {
    start_and_pause(tiny_config(), 300);
    const auto taken = take();
    trainer.send(Resume{{taken, &taken->checkpoint}, dataset, {}, 1, taken->training});
    std::vector<TrainRecord> told;
    ASSERT_TRUE(comes_true([&] {
        for (TrainRecord& record : trainer.take_update().train_records)
            told.push_back(std::move(record));
        return told.size() == taken->training.size();
    }));
    EXPECT_EQ(told.back().seconds, taken->training.back().seconds);
}

TEST_F(TrainerTest, AResumedRunIsPausedOrPlaysAsAskedAndIsToldApart) {
    start_and_pause(tiny_config());
    const auto taken = checkpoint();
    trainer.send(Resume{taken, dataset, {}, 1, {}, true, 5});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 5; }));
    EXPECT_TRUE(comes_to(TrainerStatus::kPlaying));
    trainer.send(Resume{taken, dataset, {}, 1, {}, false, 6});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 6; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    EXPECT_EQ(step(), taken->step) << "not a step was made";
    trainer.send(Resume{taken, dataset, {}, 1, {}, std::nullopt, 7});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 7; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    trainer.send(Restart{tiny_config(), dataset});
    EXPECT_TRUE(comes_true([&] { return trainer.state()->resumed == 0; }));
}

// Such a table may be of another version, or of another estimator.
TEST_F(TrainerTest, ATrainingCurveWithOtherReadingsIsTakenWithoutThem) {
    start_and_pause(tiny_config(), 100);
    const auto taken = take();
    std::vector<TrainRecord> training = taken->training;
    for (TrainRecord& record : training) record.readings = {1.0, 2.0};
    trainer.send(Resume{{taken, &taken->checkpoint}, dataset, {}, 1, training, false, 3});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->resumed == 3; }));
    const auto again = take();
    ASSERT_EQ(again->training.size(), training.size());
    EXPECT_TRUE(again->training.front().readings.empty());
}

TEST_F(TrainerTest, ACheckpointNamesItsThreadsWhereTheyWereAlwaysAsMany) {
    start_and_pause(tiny_config());
    ASSERT_NE(take(), nullptr);
    EXPECT_EQ(take()->threads, 1);
    const auto saved = checkpoint();
    for (const std::optional<int> before : {std::optional<int>(1), std::optional<int>(2), {}}) {
        trainer.send(Resume{saved, dataset, {}, before});
        const auto resumed = take();
        EXPECT_EQ(resumed->threads, before) << "no update was made since";
        trainer.send(StepOnce{});
        ASSERT_TRUE(comes_true([&] { return step() == resumed->checkpoint.step + 1; }));
        EXPECT_EQ(take()->threads, before == 1 ? before : std::nullopt);
    }
    trainer.send(Restart{tiny_config(), dataset});
    EXPECT_EQ(take()->threads, 1);
}

TEST_F(TrainerTest, TheNumberOfThreadsChangesWhileItTrains) {
    Trainer two(2);
    two.send(Restart{tiny_config(), dataset});
    const auto trains_on = [&](int threads) {
        two.use_threads(threads);
        return comes_true([&] { return two.state()->threads == threads; });
    };
    const auto threads_of_checkpoint = [&](std::uint64_t number) {
        std::optional<int> threads;
        two.send(TakeCheckpoint{number});
        EXPECT_TRUE(comes_true([&] {
            const TrainerUpdate update = two.take_update();
            for (const auto& taken : update.taken) threads = taken->threads;
            return !update.taken.empty();
        }));
        return threads;
    };
    ASSERT_TRUE(
        comes_true([&] { return two.state()->snapshot && two.state()->snapshot->step > 5; }));
    EXPECT_EQ(threads_of_checkpoint(1), 2);
    EXPECT_TRUE(trains_on(1));
    EXPECT_EQ(threads_of_checkpoint(2), std::nullopt) << "not all updates were made alike";
    EXPECT_TRUE(trains_on(2));
    two.use_threads(5);
    const std::int64_t step = two.state()->snapshot->step;
    ASSERT_TRUE(comes_true([&] { return two.state()->snapshot->step > step + 5; }));
    EXPECT_EQ(two.state()->threads, 2) << "it has no more";
}

TEST_F(TrainerTest, WithoutABoundTheStartIsToldByTheReconstruction) {
    RunConfig config = tiny_config();
    config.estimator = "autoencoder";
    start_and_pause(config);
    const auto taken = take();
    ASSERT_FALSE(taken->evaluations.empty());
    EXPECT_TRUE(std::isnan(taken->evaluations.front().test_bound));
    EXPECT_EQ(taken->start.bound, taken->evaluations.front().test_reconstruction);
}

TEST_F(TrainerTest, AFailingRunSaysSoAndRecoversAfterARestart) {
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.activation = "relu";
    config.step_size = 10.0;
    trainer.send(Restart{config, dataset});
    ASSERT_TRUE(comes_to(TrainerStatus::kFailed));
    const auto failed = trainer.state();
    EXPECT_NE(failed->failure.find("step size"), std::string::npos) << failed->failure;
    // What is refused meanwhile leaves the reason of the failure as it is.
    trainer.send(ChangeOption{"batch", "1000"});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number > 0; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kFailed);
    EXPECT_EQ(trainer.state()->failure, failed->failure);
    ASSERT_NE(failed->snapshot, nullptr);
    EXPECT_TRUE(std::all_of(failed->snapshot->parameters.begin(),
                            failed->snapshot->parameters.end(),
                            [](float value) { return std::isfinite(value); }));
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_to(TrainerStatus::kPlaying));
    EXPECT_TRUE(comes_true([&] { return step() > 20; }));
    EXPECT_TRUE(trainer.state()->failure.empty());
    EXPECT_GT(run(), failed->snapshot->run);
}

class DivergedTrainerTest : public TrainerTest {
  protected:
    void diverge() {
        RunConfig config = tiny_config();
        config.optimizer = "sgd";
        config.step_size = 10.0;
        trainer.send(Restart{config, dataset});
        ASSERT_TRUE(comes_to(TrainerStatus::kFailed));
    }
};

TEST_F(DivergedTrainerTest, GoesOnWithHalfTheStepSizeUntilItHolds) {
    diverge();
    const std::uint64_t failed_run = run();
    double last = 10.0;
    ASSERT_TRUE(comes_true([&] {
        const auto state = trainer.state();
        if (state->status == TrainerStatus::kFailed) {
            EXPECT_EQ(state->step_size_to_go_on, last / 2) << state->failure;
            trainer.send(GoOn{});
            last /= 2;
            // It goes on, or has failed again.
            EXPECT_TRUE(comes_true([&] { return trainer.state()->step_size_to_go_on != last; }));
        }
        return state->status == TrainerStatus::kPlaying && step() > 500;
    }));
    EXPECT_EQ(run(), failed_run) << "the same run";
    EXPECT_TRUE(trainer.state()->failure.empty());
    EXPECT_EQ(trainer.state()->step_size_to_go_on, std::nullopt);
    trainer.send(Pause{});
    const auto taken = take();
    ASSERT_FALSE(taken->checkpoint.changes.empty());
    EXPECT_EQ(taken->checkpoint.changes.back().option, "step-size");
    EXPECT_EQ(std::stod(taken->checkpoint.changes.back().value), last);
}

TEST_F(DivergedTrainerTest, PlaysOnWithTheStepSizeThatThePersonChose) {
    diverge();
    trainer.send(ChangeOption{"step-size", "0.0001"});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->step_size_to_go_on == 1e-4; }));
    trainer.send(Play{});
    EXPECT_TRUE(comes_true([&] { return step() > 500; }));
    EXPECT_EQ(trainer.state()->config.step_size, 1e-4);
}

TEST_F(DivergedTrainerTest, TakesBackWhatWasMeasuredAfterTheSoundState) {
    start_and_pause(tiny_config(), 200);
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    trainer.send(Restart{config, dataset});
    trainer.send(Play{});
    ASSERT_TRUE(comes_true([&] { return run() > 1 && step() > 200; }));
    trainer.send(ChangeOption{"step-size", "10"});
    ASSERT_TRUE(comes_to(TrainerStatus::kFailed));
    const TrainerUpdate update = trainer.take_update();
    const std::int64_t samples = trainer.state()->snapshot->samples;
    EXPECT_EQ(update.back_at, samples);
    for (const auto& record : update.train_records) EXPECT_LE(record.samples, samples);
    for (const auto& record : update.evaluation_records) EXPECT_LE(record.samples, samples);
    const auto taken = take();
    for (const auto& record : taken->evaluations) EXPECT_LE(record.samples, samples);
    EXPECT_EQ(trainer.take_update().back_at, std::nullopt) << "told once";
}

TEST_F(TrainerTest, GoesOnOnlyAfterADivergence) {
    start_and_pause(tiny_config());
    trainer.send(GoOn{});
    EXPECT_TRUE(comes_true([&] { return trainer.state()->refusal_number > 0; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
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
            EXPECT_FALSE(taken->evaluations.empty());
        }
        return numbers.size() == 2;
    }));
    EXPECT_EQ(numbers, (std::vector<std::uint64_t>{71, 72}));
}

TEST_F(TrainerTest, AnUpdateIsDrainedOnce) {
    start_and_pause(tiny_config(), 200);
    checkpoint();  // takes updates, and everything is published when it is answered
    const TrainerUpdate rest = trainer.take_update();
    EXPECT_EQ(rest.run, run());
    EXPECT_TRUE(rest.train_records.empty());
    EXPECT_TRUE(rest.evaluation_records.empty());
    EXPECT_TRUE(rest.taken.empty());
}

TEST_F(TrainerTest, RecordsArriveInOrderWithoutGaps) {
    trainer.send(Restart{tiny_config(), dataset});
    std::vector<TrainRecord> records;
    std::vector<EvaluationRecord> evaluations;
    ASSERT_TRUE(comes_true([&] {
        TrainerUpdate update = trainer.take_update();
        records.insert(records.end(), update.train_records.begin(), update.train_records.end());
        evaluations.insert(evaluations.end(), update.evaluation_records.begin(),
                           update.evaluation_records.end());
        return records.size() >= 20 && evaluations.size() >= 8;
    }));
    for (std::size_t i = 0; i < records.size(); ++i) {
        EXPECT_EQ(records[i].samples, static_cast<std::int64_t>(i + 1) * 1000);
    }
    EXPECT_EQ(evaluations.front().samples, 0);
    for (std::size_t i = 1; i < evaluations.size(); ++i) {
        EXPECT_GT(evaluations[i].samples, evaluations[i - 1].samples);
    }
}

TEST_F(TrainerTest, RecordsOfAnOlderRunAreDropped) {
    start_and_pause(tiny_config(), 300);
    const std::uint64_t first_run = run();
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return run() > first_run; }));
    const TrainerUpdate update = trainer.take_update();
    EXPECT_EQ(update.run, run());
    EXPECT_TRUE(update.train_records.empty());
    EXPECT_TRUE(std::all_of(update.evaluation_records.begin(), update.evaluation_records.end(),
                            [](const EvaluationRecord& record) { return record.samples == 0; }));
}

TEST(Trainer, StartsPausedWhenAskedTo) {
    Trainer trainer(1, false);
    trainer.send(Restart{tiny_config(), tiny_dataset()});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot != nullptr; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
    EXPECT_EQ(trainer.state()->snapshot->step, 0);
}

TEST(Trainer, EndsWhileItIsTraining) {
    for (int i = 0; i < 5; ++i) {
        Trainer trainer(2);
        trainer.send(Restart{tiny_config(), tiny_dataset()});
        if (i > 0) {
            ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot != nullptr; }));
        }
    }
}

TEST_F(TrainerTest, SaysHowManyUpdatesStillLeaveTheWeightsWhereTheyAre) {
    RunConfig config = tiny_config();
    config.warmup_steps = 1000;
    Session adam(config, dataset, 1);
    EXPECT_EQ(adam.warmup_updates_left(), 0);
    config.optimizer = "adagrad";
    Session adagrad(config, dataset, 1);
    const auto before = adagrad.snapshot()->parameters;
    EXPECT_EQ(adagrad.warmup_updates_left(), 1000);
    test::run_steps(adagrad, 1000);
    EXPECT_EQ(adagrad.warmup_updates_left(), 0);
    EXPECT_EQ(adagrad.snapshot()->parameters, before);
    test::run_steps(adagrad, 1);
    EXPECT_NE(adagrad.snapshot()->parameters, before);
    config.estimator = "mcem";  // makes several updates in a step
    Session mcem(config, dataset, 1);
    test::run_steps(mcem, 10);
    EXPECT_LT(mcem.warmup_updates_left(), 990);
    config.warmup_steps = 10'000;
    trainer.send(Restart{config, dataset});
    trainer.send(StepOnce{});
    ASSERT_TRUE(comes_true([&] { return step() >= 1; }));
    EXPECT_LT(trainer.state()->warmup_updates_left, 10'000);
    EXPECT_GT(trainer.state()->warmup_updates_left, 0);
}

}  // namespace
}  // namespace elbow::train
