// The runs in the window: what a race begins with, whom a command reaches, and that nothing that
// was learnt is lost when runs come and go.

#include "app/gui/live_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "tests/app/live_runs_fixture.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using live::TrainerStatus;
using test::comes_true;
using test::tiny_config;

RunConfig wake_sleep() {
    RunConfig config = tiny_config();
    config.estimator = "wake_sleep";
    return config;
}

TEST_F(LiveRunsTest, ARaceIsOfTwoRunsThatShareTheThreads) {
    begin(tiny_config());
    EXPECT_FALSE(runs.racing());
    EXPECT_EQ(runs.pace(), nullptr);
    begin(tiny_config(), wake_sleep());
    ASSERT_TRUE(runs.racing());
    EXPECT_EQ(runs.run(0).state->config, tiny_config());
    EXPECT_EQ(runs.run(1).state->config, wake_sleep());
    EXPECT_TRUE(becomes([&] {  // what ran before may still be there
        return runs.run(0).state->threads == 1 && runs.run(1).state->threads == 1;
    }));
    EXPECT_TRUE(runs.pace()->on);
}

TEST_F(LiveRunsTest, AHandOnTheWindowTakesAThreadFromTheTraining) {
    begin(tiny_config());
    EXPECT_EQ(runs.run(0).state->threads, 2);
    runs.share_processor(true);
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->threads == 1; }));
    runs.share_processor(false);
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->threads == 2; }));
}

TEST_F(LiveRunsTest, WhatIsReplacedIsKept) {
    begin(tiny_config());
    begin(tiny_config(), wake_sleep());
    ASSERT_TRUE(becomes([&] { return kept() == 1; }));
    begin(tiny_config());
    EXPECT_FALSE(runs.racing());
    EXPECT_TRUE(becomes([&] { return kept() == 3; }));
}

TEST_F(LiveRunsTest, EitherRunGoesOnAloneAndTheOtherIsKept) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    const live::Trainer* winner = &runs.run(1).trainer;
    const std::int64_t samples = runs.run(1).state->snapshot->samples;
    runs.end_race();
    EXPECT_FALSE(runs.racing());
    EXPECT_EQ(&runs.in_hand().trainer, winner);
    ASSERT_TRUE(becomes([&] { return kept() == 1; }));
    EXPECT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->samples > samples + 10'000; }))
        << "nobody holds it back any more";
}

TEST_F(LiveRunsTest, PlayAndPauseReachBoth) {
    begin(tiny_config(), wake_sleep());
    runs.send(live::Pause{});
    EXPECT_TRUE(becomes([&] {
        return runs.run(0).state->status == TrainerStatus::kPaused &&
               runs.run(1).state->status == TrainerStatus::kPaused;
    }));
}

TEST_F(LiveRunsTest, ARaceThatIsBegunWhilePausedWaits) {
    begin(tiny_config());
    runs.send(live::Pause{});
    ASSERT_TRUE(becomes([&] { return runs.run(0).state->status == TrainerStatus::kPaused; }));
    runs.begin(live::Restart{tiny_config(), tiny}, wake_sleep());
    ASSERT_TRUE(becomes([&] { return runs.run(1).state->snapshot != nullptr; }));
    EXPECT_EQ(runs.run(1).state->status, TrainerStatus::kPaused);
}

TEST_F(LiveRunsTest, AChangedOptionIsOfTheRunInHand) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    runs.send(live::ChangeOption{"step-size", "0.003"});
    ASSERT_TRUE(becomes([&] { return runs.run(1).state->config.step_size == 0.003; }));
    EXPECT_EQ(runs.run(0).state->config.step_size, tiny_config().step_size);
}

TEST_F(LiveRunsTest, ARestartChangesTheModelOfOneRunAndTheDataOfBoth) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    RunConfig wished = wake_sleep();
    wished.latents = 3;
    wished.step_size = 0.01;
    wished.seed = 9;
    wished.train_images = 20;
    const auto [first, second] = runs.both_configs(wished);
    EXPECT_EQ(second, wished);
    EXPECT_EQ(first.seed, 9U);
    EXPECT_EQ(first.train_images, 20);
    EXPECT_EQ(first.latents, tiny_config().latents);
    EXPECT_EQ(first.estimator, tiny_config().estimator);
    EXPECT_EQ(first.step_size, tiny_config().step_size);
}

TEST_F(LiveRunsTest, ARaceThatCannotBeLeavesEverythingAsItWas) {
    begin(tiny_config(), wake_sleep());
    const auto pace = runs.pace();
    RunConfig too_many = tiny_config();
    too_many.train_images = 1'000'000;
    EXPECT_THROW(runs.begin(live::Restart{too_many, tiny}, wake_sleep()), UsageError);
    RunConfig weighed = wake_sleep();
    weighed.beta = 4.0;
    EXPECT_THROW(runs.begin(live::Restart{tiny_config(), tiny}, weighed), UsageError);
    EXPECT_EQ(runs.pace(), pace);
    const std::int64_t samples = runs.run(0).state->snapshot->samples;
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->samples > samples + 10'000; }));
    EXPECT_TRUE(becomes([&] { return runs.run(1).state->snapshot->samples > samples; }));
}

TEST_F(LiveRunsTest, ARestartedRaceKeepsPaceFromItsBeginning) {
    begin(tiny_config(), wake_sleep());
    const std::uint64_t before = runs.run(0).state->snapshot->run;
    runs.begin(live::Restart{tiny_config(), tiny}, wake_sleep());
    const auto has_come = [&](std::size_t number) {
        const auto& snapshot = runs.run(number).state->snapshot;
        return snapshot->run > before && snapshot->samples > 20'000;
    };
    ASSERT_TRUE(becomes([&] { return has_come(0) && has_come(1); }));
    runs.send(live::Pause{});
    ASSERT_TRUE(becomes([&] {
        return runs.run(0).state->status == TrainerStatus::kPaused &&
               runs.run(1).state->status == TrainerStatus::kPaused;
    }));
    const std::int64_t apart =
        runs.run(0).state->snapshot->samples - runs.run(1).state->snapshot->samples;
    EXPECT_LE(std::abs(apart), 2'000 + tiny_config().minibatch);
}

TEST_F(LiveRunsTest, AFailedRunStaysFailedAndTheOtherGoesOn) {
    RunConfig wild = tiny_config();
    wild.optimizer = "sgd";
    wild.step_size = 10.0;
    runs.begin(live::Restart{tiny_config(), tiny}, wild);
    ASSERT_TRUE(learns(0));
    ASSERT_TRUE(becomes([&] { return runs.run(1).state->status == TrainerStatus::kFailed; }));
    EXPECT_EQ(runs.status(), TrainerStatus::kPlaying);
    runs.send(live::Pause{});
    ASSERT_TRUE(becomes([&] { return runs.status() == TrainerStatus::kPaused; }));
    const std::int64_t step = runs.run(0).state->snapshot->step;
    runs.send(live::StepOnce{});
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->step == step + 1; }));
    runs.send(live::Play{});
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->step > step + 1000; }));
    EXPECT_EQ(runs.run(1).state->status, TrainerStatus::kFailed);
}

TEST_F(LiveRunsTest, ARunThatIsAskedForIsNamedBeforeItIsThere) {
    begin(tiny_config());
    runs.begin(live::Restart{tiny_config(), tiny}, wake_sleep());
    EXPECT_EQ(runs.config(1), wake_sleep());
    EXPECT_EQ(runs.both_configs(tiny_config()).second, wake_sleep());
}

TEST_F(LiveRunsTest, ANewRunTakesThePlaceOfTheOneInHand) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    const live::Trainer* mine = &runs.run(1).trainer;
    begin(tiny_config());
    EXPECT_FALSE(runs.racing());
    EXPECT_EQ(&runs.in_hand().trainer, mine);
}

TEST_F(LiveRunsTest, TheChosenImageIsTheSameInBoth) {
    begin(tiny_config(), wake_sleep());
    runs.run(0).view_state.point = 3;
    runs.link_choices(true);
    EXPECT_EQ(runs.run(1).view_state.point, 3);
    EXPECT_TRUE(runs.run(0).visible.in_hand);
    EXPECT_FALSE(runs.run(1).visible.in_hand) << "its panels are not shown";
}

TEST_F(LiveRunsTest, WhatIsChosenStaysChosenWhereARaceBegins) {
    begin(tiny_config());
    runs.run(0).view_state.point = 3;
    runs.run(0).view_state.hidden_labels = 2U;
    runs.link_choices(true);
    begin(tiny_config(), wake_sleep());
    runs.link_choices(true);
    for (std::size_t number : {0, 1}) {
        EXPECT_EQ(runs.run(number).view_state.point, 3);
        EXPECT_EQ(runs.run(number).view_state.hidden_labels, 2U);
    }
}

TEST_F(LiveRunsTest, WhatIsChosenStaysChosenWhileTheOtherRunBegins) {
    begin(tiny_config());
    runs.run(0).view_state.point = 3;
    runs.run(0).view_state.selection = {3, 4};
    runs.begin(live::Restart{tiny_config(), tiny}, wake_sleep());
    ASSERT_TRUE(becomes([&] {  // frame by frame, as in the window
        runs.link_choices(true);
        return runs.run(1).state->snapshot != nullptr;
    }));
    runs.link_choices(true);
    for (std::size_t number : {0, 1}) {
        EXPECT_EQ(runs.run(number).view_state.point, 3);
        EXPECT_EQ(runs.run(number).view_state.selection.size(), 2u);
    }
}

TEST_F(LiveRunsTest, WhatIsChosenOnTheOtherMapIsChosenInBoth) {
    begin(tiny_config(), wake_sleep());
    runs.link_choices(true);
    runs.run(1).view_state.hidden_labels = 4U;
    runs.link_choices(true);
    EXPECT_EQ(runs.run(0).view_state.hidden_labels, 4U);
    runs.run(1).view_state.point = 2;
    runs.link_choices(true);
    EXPECT_EQ(runs.run(0).view_state.point, 2);
    EXPECT_EQ(runs.run(0).view_state.hidden_labels, 4U);
    runs.run(0).view_state.point.reset();
    runs.link_choices(true);
    EXPECT_FALSE(runs.run(1).view_state.point.has_value());
    EXPECT_EQ(runs.number_in_hand(), 0U);
}

TEST_F(LiveRunsTest, AtTheEndBothAreKeptAndTheOneInHandIsTheNewest) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    runs.keep_and_wait();
    EXPECT_EQ(kept(), 2U);
    std::ifstream json(folder / "last-run" / "run.json");
    const std::string text((std::istreambuf_iterator<char>(json)), {});
    EXPECT_THAT(text, testing::HasSubstr("wake_sleep"));
}

TEST_F(LiveRunsTest, ARunThatGoesOnStaysInItsFolder) {
    begin(tiny_config());
    runs.send(live::Pause{});
    ASSERT_TRUE(becomes([&] { return kept() == 1 && !runs.in_hand().saver.busy(); }));
    const fs::path home = runs.in_hand().saver.folder_of(runs.in_hand().state->snapshot->run);
    const auto saved = std::make_shared<io::SavedRun>(io::load_run(home));
    LiveRuns next{{2, 1}, rule()};
    live::Resume resume{{saved, &saved->checkpoint}, tiny, std::nullopt, 1};
    runs.keep_and_wait();  // the window before ends
    next.begin(std::move(resume), std::nullopt, {{}, home});
    ASSERT_TRUE(comes_true([&] {
        next.collect(std::nullopt, toasts);
        const auto& snapshot = next.in_hand().state->snapshot;
        return snapshot && snapshot->step > saved->checkpoint.step + 100;
    }));
    EXPECT_TRUE(marked_runs(folder.path()).contains(home.filename().string()))
        << "another kill would be noticed";
    next.keep_and_wait();
    EXPECT_EQ(kept(), 1U);
    EXPECT_GT(io::load_run(home).checkpoint.step, saved->checkpoint.step);
}

TEST_F(LiveRunsTest, ARunThatTwoWindowsGoOnWithIsKeptByBoth) {
    begin(tiny_config());
    runs.send(live::Pause{});
    ASSERT_TRUE(becomes([&] { return kept() == 1 && !runs.in_hand().saver.busy(); }));
    const fs::path home = runs.in_hand().saver.folder_of(runs.in_hand().state->snapshot->run);
    const auto saved = std::make_shared<io::SavedRun>(io::load_run(home));
    LiveRuns next{{2, 1}, rule()};
    live::Resume resume{{saved, &saved->checkpoint}, tiny, std::nullopt, 1};
    next.begin(std::move(resume), std::nullopt, {{}, home});  // while the first window has it
    ASSERT_TRUE(comes_true([&] {
        next.collect(std::nullopt, toasts);
        const auto& snapshot = next.in_hand().state->snapshot;
        return snapshot && snapshot->step > saved->checkpoint.step + 100;
    }));
    next.keep_and_wait();
    EXPECT_EQ(kept(), 2U);
    EXPECT_EQ(io::load_run(home).checkpoint.step, saved->checkpoint.step);
}

}  // namespace
}  // namespace elbow::gui
