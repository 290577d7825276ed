#include <gtest/gtest.h>

#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;

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
    const auto taken = checkpoint();
    for (const auto& record : taken->evaluations) EXPECT_LE(record.samples, samples);
    EXPECT_EQ(trainer.take_update().back_at, std::nullopt) << "told once";
}

TEST_F(DivergedTrainerTest, TheCurveOfTheWayThatWasGivenUpDoesNotStay) {
    const auto make_steps = [&](int count) {
        for (int i = 0; i < count; ++i) trainer.send(StepOnce{});
    };
    RunConfig config = tiny_config();
    config.optimizer = "sgd";
    config.step_size = 1e-4;
    trainer.send(Restart{config, dataset});
    trainer.send(Pause{});
    make_steps(105);  // a record behind each 50, an evaluation behind each 30
    ASSERT_TRUE(comes_true([&] { return step() == 105; }));
    trainer.send(ChangeOption{"step-size", "10"});
    trainer.send(Play{});
    ASSERT_TRUE(comes_to(TrainerStatus::kFailed));
    ASSERT_EQ(step(), 90);
    trainer.send(ChangeOption{"step-size", "0.0001"});
    make_steps(60);
    ASSERT_TRUE(comes_true([&] { return step() == 150; }));
    const auto taken = checkpoint();
    std::vector<std::int64_t> samples;
    for (const auto& record : taken->training) samples.push_back(record.samples);
    EXPECT_EQ(samples, (std::vector<std::int64_t>{1000, 2800}));
}

TEST_F(TrainerTest, GoesOnOnlyAfterADivergence) {
    start_and_pause(tiny_config());
    trainer.send(GoOn{});
    EXPECT_TRUE(comes_true([&] { return trainer.state()->refusal_number > 0; }));
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused);
}

}  // namespace
}  // namespace elbow::live
