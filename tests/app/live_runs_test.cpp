// The runs in the window: what a race begins with, whom a command reaches, and that nothing that
// was learnt is lost when runs come and go.

#include "app/gui/live_runs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using test::tiny_config;
using testing_support::TemporaryFolder;
using train::TrainerStatus;

RunConfig wake_sleep() {
    RunConfig config = tiny_config();
    config.estimator = "wake_sleep";
    return config;
}

class LiveRunsTest : public testing::Test {
  protected:
    KeepingRule rule() const {
        KeepingRule rule;
        rule.state = folder.path();
        rule.worth_keeping_s = rule.worth_undoing_s = 0.0;
        return rule;
    }
    bool becomes(const std::function<bool()>& condition) {
        return comes_true([&] {
            runs.collect(std::nullopt, toasts);
            return condition();
        });
    }
    bool learns(std::size_t number) {
        return becomes([&] {
            const auto& snapshot = runs.run(number).state->snapshot;
            return snapshot && snapshot->step > 0;
        });
    }
    void begin(const RunConfig& config, const std::optional<RunConfig>& rival = std::nullopt) {
        runs.begin(train::Restart{config, tiny}, rival);
        ASSERT_TRUE(learns(0));
        if (rival) {
            ASSERT_TRUE(learns(1));
        }
    }
    std::size_t kept() const {
        const fs::path kept_runs = folder / "runs";
        if (!fs::exists(kept_runs)) return 0;
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(kept_runs), fs::directory_iterator()));
    }

    TemporaryFolder folder;
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    Toasts toasts;
    LiveRuns runs{{2, 1}, rule()};
};

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
    const train::Trainer* winner = &runs.run(1).trainer;
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
    runs.send(train::Pause{});
    EXPECT_TRUE(becomes([&] {
        return runs.run(0).state->status == TrainerStatus::kPaused &&
               runs.run(1).state->status == TrainerStatus::kPaused;
    }));
}

TEST_F(LiveRunsTest, ARaceThatIsBegunWhilePausedWaits) {
    begin(tiny_config());
    runs.send(train::Pause{});
    ASSERT_TRUE(becomes([&] { return runs.run(0).state->status == TrainerStatus::kPaused; }));
    runs.begin(train::Restart{tiny_config(), tiny}, wake_sleep());
    ASSERT_TRUE(becomes([&] { return runs.run(1).state->snapshot != nullptr; }));
    EXPECT_EQ(runs.run(1).state->status, TrainerStatus::kPaused);
}

TEST_F(LiveRunsTest, AChangedOptionIsOfTheRunInHand) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    runs.send(train::ChangeOption{"step-size", "0.003"});
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
    EXPECT_THROW(runs.begin(train::Restart{too_many, tiny}, wake_sleep()), UsageError);
    RunConfig weighed = wake_sleep();
    weighed.beta = 4.0;
    EXPECT_THROW(runs.begin(train::Restart{tiny_config(), tiny}, weighed), UsageError);
    EXPECT_EQ(runs.pace(), pace);
    const std::int64_t samples = runs.run(0).state->snapshot->samples;
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->samples > samples + 10'000; }));
    EXPECT_TRUE(becomes([&] { return runs.run(1).state->snapshot->samples > samples; }));
}

TEST_F(LiveRunsTest, ARestartedRaceKeepsPaceFromItsBeginning) {
    begin(tiny_config(), wake_sleep());
    const std::uint64_t before = runs.run(0).state->snapshot->run;
    runs.begin(train::Restart{tiny_config(), tiny}, wake_sleep());
    const auto has_come = [&](std::size_t number) {
        const auto& snapshot = runs.run(number).state->snapshot;
        return snapshot->run > before && snapshot->samples > 20'000;
    };
    ASSERT_TRUE(becomes([&] { return has_come(0) && has_come(1); }));
    runs.send(train::Pause{});
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
    runs.begin(train::Restart{tiny_config(), tiny}, wild);
    ASSERT_TRUE(learns(0));
    ASSERT_TRUE(becomes([&] { return runs.run(1).state->status == TrainerStatus::kFailed; }));
    EXPECT_EQ(runs.status(), TrainerStatus::kPlaying);
    runs.send(train::Pause{});
    ASSERT_TRUE(becomes([&] { return runs.status() == TrainerStatus::kPaused; }));
    const std::int64_t step = runs.run(0).state->snapshot->step;
    runs.send(train::StepOnce{});
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->step == step + 1; }));
    runs.send(train::Play{});
    EXPECT_TRUE(becomes([&] { return runs.run(0).state->snapshot->step > step + 1000; }));
    EXPECT_EQ(runs.run(1).state->status, TrainerStatus::kFailed);
}

TEST_F(LiveRunsTest, ARunThatIsAskedForIsNamedBeforeItIsThere) {
    begin(tiny_config());
    runs.begin(train::Restart{tiny_config(), tiny}, wake_sleep());
    EXPECT_EQ(runs.config(1), wake_sleep());
    EXPECT_EQ(runs.both_configs(tiny_config()).second, wake_sleep());
}

TEST_F(LiveRunsTest, ANewRunTakesThePlaceOfTheOneInHand) {
    begin(tiny_config(), wake_sleep());
    runs.take_in_hand(1);
    const train::Trainer* mine = &runs.run(1).trainer;
    begin(tiny_config());
    EXPECT_FALSE(runs.racing());
    EXPECT_EQ(&runs.in_hand().trainer, mine);
}

TEST_F(LiveRunsTest, TheChosenImageIsTheSameInBoth) {
    begin(tiny_config(), wake_sleep());
    runs.run(0).exploration.point = 3;
    runs.link_choices();
    EXPECT_EQ(runs.run(1).exploration.point, 3);
    EXPECT_TRUE(runs.run(0).link.request().sheets);
    EXPECT_FALSE(runs.run(1).link.request().sheets) << "its panels are not shown";
}

TEST_F(LiveRunsTest, WhatIsChosenStaysChosenWhereARaceBegins) {
    begin(tiny_config());
    runs.run(0).exploration.point = 3;
    runs.run(0).exploration.hidden_labels = 2U;
    runs.link_choices();
    begin(tiny_config(), wake_sleep());
    runs.link_choices();
    for (std::size_t number : {0, 1}) {
        EXPECT_EQ(runs.run(number).exploration.point, 3);
        EXPECT_EQ(runs.run(number).exploration.hidden_labels, 2U);
    }
}

TEST_F(LiveRunsTest, WhatIsChosenOnTheOtherMapIsChosenInBoth) {
    begin(tiny_config(), wake_sleep());
    runs.link_choices();
    runs.run(1).exploration.hidden_labels = 4U;
    runs.link_choices();
    EXPECT_EQ(runs.run(0).exploration.hidden_labels, 4U);
    runs.run(1).exploration.point = 2;
    runs.link_choices();
    EXPECT_EQ(runs.run(0).exploration.point, 2);
    EXPECT_EQ(runs.run(0).exploration.hidden_labels, 4U);
    runs.run(0).exploration.point.reset();
    runs.link_choices();
    EXPECT_FALSE(runs.run(1).exploration.point.has_value());
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

class UndoneRestart : public LiveRunsTest {
  protected:
    UndoneRestart() { runs.take_in_hand(0); }
    // Restarts by mistake, after so many steps, and waits for the toast.
    void restart_by_mistake(std::int64_t steps = 50) {
        ASSERT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->step >= steps; }));
        RunConfig other = tiny_config();
        other.latents = 3;
        runs.begin(train::Restart{other, tiny}, std::nullopt);
        ASSERT_TRUE(becomes([&] { return toasts.newest() == "Restarted."; }));
        ASSERT_EQ(runs.in_hand().state->config.latents, 3);
    }
    bool is_back() {
        return becomes([&] {
            return toasts.newest() == "The previous run is back." &&
                   runs.in_hand().state->config.latents == 2;
        });
    }
    std::int64_t step() const { return runs.in_hand().state->snapshot->step; }
};

TEST_F(UndoneRestart, BringsTheRunBackWithItsCurveAndWhereThePersonWas) {
    begin(tiny_config());
    runs.in_hand().exploration.put_dot({0.5F, -0.25F});
    runs.in_hand().exploration.hidden_labels = 2;
    runs.in_hand().name = "best";
    ASSERT_TRUE(becomes([&] { return !runs.in_hand().curves.evaluations.records().empty(); }));
    restart_by_mistake();
    EXPECT_EQ(runs.in_hand().name, "");
    const std::int64_t learnt = 50;
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GE(step(), learnt);
    EXPECT_EQ(runs.in_hand().exploration.cursor, (std::vector<float>{0.5F, -0.25F}));
    EXPECT_EQ(runs.in_hand().exploration.hidden_labels, 2U);
    EXPECT_EQ(runs.in_hand().name, "best");
    EXPECT_TRUE(becomes([&] {
        const Curves& curves = runs.in_hand().curves;
        return !curves.evaluations.records().empty() &&
               curves.evaluations.records().front().samples == 0;
    }));
    EXPECT_TRUE(becomes([&] { return step() > learnt + 1000; })) << "and goes on";
    EXPECT_FALSE(toasts.undo()) << "the same key does not throw it away again";
}

TEST_F(UndoneRestart, GoesOnInTheFolderOfTheRun) {
    begin(tiny_config());
    restart_by_mistake();
    ASSERT_TRUE(becomes([&] { return kept() == 1; }));
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    const std::int64_t at = step();
    ASSERT_TRUE(becomes([&] { return step() > at; }));
    runs.keep_and_wait();
    EXPECT_EQ(kept(), 2U) << "the run, and the one that was begun by mistake";
    const io::SavedRun saved = io::load_run(folder / "last-run");
    EXPECT_EQ(saved.checkpoint.config.latents, 2);
    EXPECT_GT(saved.checkpoint.step, at);
}

TEST_F(UndoneRestart, CanBeDoneWhereNothingIsKept) {
    KeepingRule demonstration = rule();
    demonstration.keeps = false;
    LiveRuns demo{{2, 1}, demonstration};
    const auto shows = [&](const std::function<bool()>& condition) {
        return comes_true([&] {
            demo.collect(std::nullopt, toasts);
            return condition();
        });
    };
    demo.begin(train::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(shows([&] {
        const auto& snapshot = demo.in_hand().state->snapshot;
        return snapshot && snapshot->step > 100;
    }));
    demo.begin(train::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(shows([&] { return toasts.newest() == "Restarted."; }));
    ASSERT_TRUE(toasts.undo());
    EXPECT_TRUE(shows([&] { return demo.in_hand().state->resumed != 0; }));
    EXPECT_GT(demo.in_hand().state->snapshot->step, 100);
    EXPECT_EQ(kept(), 0U);
}

TEST_F(UndoneRestart, OfSeveralRestartsAtOnceTheFirstIsTakenBack) {
    begin(tiny_config());
    ASSERT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->step >= 200; }));
    RunConfig other = tiny_config();
    other.latents = 3;
    for (int i = 0; i < 3; ++i) runs.begin(train::Restart{other, tiny}, std::nullopt);
    ASSERT_TRUE(becomes([&] { return toasts.newest() == "Restarted."; }));
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GE(step(), 200);
}

TEST_F(UndoneRestart, ARefusedRestartIsNotToldAndNotTakenBack) {
    begin(tiny_config());
    RunConfig too_many = tiny_config();
    too_many.train_images = 1'000'000;
    runs.begin(train::Restart{too_many, tiny}, std::nullopt);
    ASSERT_TRUE(becomes([&] { return runs.in_hand().state->refusal_number > 0; }));
    EXPECT_FALSE(toasts.undo());
    const std::int64_t at = step() + 1000;
    ASSERT_TRUE(becomes([&] { return step() > at; }));
    restart_by_mistake();
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GE(step(), at) << "as it was at the restart, not at the one that was refused";
}

TEST_F(UndoneRestart, WhatHasHardlyBegunIsNotOfferedBack) {
    KeepingRule patient = rule();
    patient.worth_undoing_s = 1e6;
    LiveRuns others{{2, 1}, patient};
    const auto runs_now = [&] {
        others.collect(std::nullopt, toasts);
        const auto& snapshot = others.in_hand().state->snapshot;
        return snapshot ? snapshot->run : 0;
    };
    others.begin(train::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(comes_true([&] { return runs_now() == 1; }));
    others.begin(train::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(comes_true([&] { return runs_now() == 2; }));
    for (int i = 0; i < 20; ++i) runs_now();
    EXPECT_TRUE(toasts.empty());
}

TEST_F(LiveRunsTest, ARunThatGoesOnStaysInItsFolder) {
    begin(tiny_config());
    runs.send(train::Pause{});
    ASSERT_TRUE(becomes([&] { return kept() == 1 && !runs.in_hand().saver.busy(); }));
    const fs::path home = runs.in_hand().saver.folder_of(runs.in_hand().state->snapshot->run);
    const auto saved = std::make_shared<io::SavedRun>(io::load_run(home));
    LiveRuns next{{2, 1}, rule()};
    train::Resume resume{{saved, &saved->checkpoint}, tiny, saved->evaluations, saved->threads};
    resume.number = 1;
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
    runs.send(train::Pause{});
    ASSERT_TRUE(becomes([&] { return kept() == 1 && !runs.in_hand().saver.busy(); }));
    const fs::path home = runs.in_hand().saver.folder_of(runs.in_hand().state->snapshot->run);
    const auto saved = std::make_shared<io::SavedRun>(io::load_run(home));
    LiveRuns next{{2, 1}, rule()};
    train::Resume resume{{saved, &saved->checkpoint}, tiny, saved->evaluations, saved->threads};
    resume.number = 1;
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
