// A restart by mistake, taken back.

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "engine/io/run_folder.h"
#include "tests/app/live_runs_fixture.h"

namespace elbow::gui {
namespace {

using test::comes_true;
using test::tiny_config;

class UndoneRestart : public LiveRunsTest {
  protected:
    UndoneRestart() { runs.take_in_hand(0); }
    // Restarts by mistake, after so many steps, and waits for the toast.
    void restart_by_mistake(std::int64_t steps = 50) {
        ASSERT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->step >= steps; }));
        RunConfig other = tiny_config();
        other.latents = 3;
        runs.begin(live::Restart{other, tiny}, std::nullopt);
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
    runs.in_hand().view_state.put_dot({0.5F, -0.25F});
    runs.in_hand().view_state.hidden_labels = 2;
    runs.in_hand().name = "best";
    ASSERT_TRUE(becomes([&] { return !runs.in_hand().curves.evaluations.records().empty(); }));
    restart_by_mistake();
    EXPECT_EQ(runs.in_hand().name, "");
    const std::int64_t learnt = 50;
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GE(step(), learnt);
    EXPECT_EQ(runs.in_hand().view_state.cursor, (std::vector<float>{0.5F, -0.25F}));
    EXPECT_EQ(runs.in_hand().view_state.hidden_labels, 2U);
    EXPECT_EQ(runs.in_hand().name, "best");
    EXPECT_TRUE(becomes([&] {
        const Curves& curves = runs.in_hand().curves;
        return !curves.evaluations.records().empty() &&
               curves.evaluations.records().front().samples == 0;
    }));
    EXPECT_TRUE(becomes([&] { return step() > learnt + 1000; })) << "and goes on";
    EXPECT_FALSE(toasts.undo()) << "the same key does not throw it away again";
}

TEST_F(UndoneRestart, ARaceIsToldAsARaceAndARestartAfterItAsARestart) {
    begin(tiny_config());
    ASSERT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->step >= 50; }));
    RunConfig rival = tiny_config();
    rival.step_size = 0.02;
    runs.begin(live::Restart{tiny_config(), tiny}, rival);
    ASSERT_TRUE(becomes([&] { return toasts.newest() == "The race has begun."; }));
    runs.end_race();
    ASSERT_TRUE(becomes([&] { return runs.in_hand().state->snapshot->step >= 50; }));
    runs.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
    EXPECT_TRUE(becomes([&] { return toasts.newest() == "Restarted."; }));
}

// Where both come in one frame, as when the window was busy for a moment.
TEST_F(UndoneRestart, IsOfferedOverTheNewsOfTheRunThatHasLeftTheRace) {
    begin(tiny_config(), tiny_config());
    const live::Trainer& leaving = runs.run(1).trainer;
    runs.end_race();
    ASSERT_TRUE(
        comes_true([&] { return leaving.state()->status == live::TrainerStatus::kPaused; }));
    runs.collect(std::nullopt, toasts);  // begins to write it
    ASSERT_TRUE(comes_true([&] { return std::filesystem::exists(folder / "last-run"); }));
    ASSERT_TRUE(toasts.empty());
    const std::uint64_t before = runs.in_hand().state->snapshot->run;
    runs.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(comes_true([&] { return runs.in_hand().trainer.state()->snapshot->run > before; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // until the thread that wrote ends
    runs.collect(std::nullopt, toasts);
    EXPECT_EQ(toasts.newest(), "Restarted.");
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
    demo.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(shows([&] {
        const auto& snapshot = demo.in_hand().state->snapshot;
        return snapshot && snapshot->step > 100;
    }));
    demo.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
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
    for (int i = 0; i < 3; ++i) runs.begin(live::Restart{other, tiny}, std::nullopt);
    ASSERT_TRUE(becomes([&] { return toasts.newest() == "Restarted."; }));
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GE(step(), 200);
}

TEST_F(UndoneRestart, ARefusedRestartIsNotToldAndNotTakenBack) {
    begin(tiny_config());
    RunConfig too_many = tiny_config();
    too_many.train_images = 1'000'000;
    runs.begin(live::Restart{too_many, tiny}, std::nullopt);
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
    others.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(comes_true([&] { return runs_now() == 1; }));
    others.begin(live::Restart{tiny_config(), tiny}, std::nullopt);
    ASSERT_TRUE(comes_true([&] { return runs_now() == 2; }));
    for (int i = 0; i < 20; ++i) runs_now();
    EXPECT_TRUE(toasts.empty());
}

TEST_F(UndoneRestart, ABranchKeepsTheRunAndCanBeTakenBack) {
    begin(tiny_config());
    runs.in_hand().view_state.put_dot({0.5F, -0.25F});
    const train::SnapshotPtr moment = runs.in_hand().state->snapshot;
    ASSERT_TRUE(becomes([&] { return step() > moment->step + 300; }));
    runs.begin(live::Branch{moment}, std::nullopt);
    ASSERT_TRUE(becomes([&] {
        return runs.in_hand().state->branched &&
               toasts.newest().find("in a branch") != std::string::npos;
    }));
    EXPECT_NE(toasts.newest().find("is kept"), std::string::npos);
    EXPECT_EQ(runs.in_hand().view_state.cursor, (std::vector<float>{0.5F, -0.25F}));
    ASSERT_TRUE(becomes([&] { return std::filesystem::exists(folder / "last-run"); }));
    EXPECT_EQ(kept(), 1U) << "the run that was there";
    EXPECT_GT(io::load_run(folder / "last-run").checkpoint.step, moment->step + 300);
    ASSERT_TRUE(toasts.undo());
    ASSERT_TRUE(is_back());
    EXPECT_GT(step(), moment->step + 300);
    EXPECT_TRUE(runs.in_hand().state->branches.empty());
    runs.keep_and_wait();
    EXPECT_EQ(kept(), 2U) << "the run, and its branch";
}

}  // namespace
}  // namespace elbow::gui
