#include "engine/live/trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/data/datasets.h"
#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;
using test::tiny_dataset;
using test::weights_after;

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

// What a model is worth that has learnt nothing would take it ten seconds to say here.
TEST_F(TrainerTest, BeginsWithoutAnEvaluationThatTakesLong) {
    RunConfig config = tiny_config();
    config.dataset = "shapes:train=10000,held-out=40000";
    config.hidden = 8000;
    Progress progress;
    dataset = data::load_dataset(config.dataset, {}, progress);
    trainer.send(Restart{config, dataset});
    std::size_t evaluations = 0;
    ASSERT_TRUE(comes_true([&] {
        const bool stepped = step() > 0;
        evaluations += trainer.take_update().evaluation_records.size();
        return stepped;
    }));
    EXPECT_EQ(evaluations, 0);
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
    const train::SnapshotPtr snapshot = trainer.state()->snapshot;
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
    const train::SnapshotPtr snapshot = trainer.state()->snapshot;
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
            for (const auto& taken : update.taken) threads = taken->checkpoint.threads;
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
    std::vector<train::TrainRecord> records;
    std::vector<train::EvaluationRecord> evaluations;
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
    EXPECT_TRUE(
        std::all_of(update.evaluation_records.begin(), update.evaluation_records.end(),
                    [](const train::EvaluationRecord& record) { return record.samples == 0; }));
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
    train::Session adam(config, dataset, 1);
    EXPECT_EQ(adam.warmup_updates_left(), 0);
    config.optimizer = "adagrad";
    train::Session adagrad(config, dataset, 1);
    const auto before = adagrad.snapshot()->parameters;
    EXPECT_EQ(adagrad.warmup_updates_left(), 1000);
    test::run_steps(adagrad, 1000);
    EXPECT_EQ(adagrad.warmup_updates_left(), 0);
    EXPECT_EQ(adagrad.snapshot()->parameters, before);
    test::run_steps(adagrad, 1);
    EXPECT_NE(adagrad.snapshot()->parameters, before);
    config.estimator = "mcem";  // makes several updates in a step
    train::Session mcem(config, dataset, 1);
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
}  // namespace elbow::live
