// That a run which is saved and opened again is as it was left: its curves, where the person was,
// and whether it plays.

#include "app/gui/live_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/runs/run_files.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using live::TrainerStatus;
using test::comes_true;
using test::tiny_config;
using testing_support::TemporaryFolder;

class LiveRunTest : public testing::Test {
  protected:
    KeepingRule rule() const {
        KeepingRule rule;
        rule.state = folder.path();
        rule.worth_keeping_s = 0.0;
        return rule;
    }
    bool becomes(LiveRun& run, const std::function<bool()>& condition) {
        return comes_true([&] {
            run.collect(std::nullopt, toasts);
            return condition();
        });
    }
    void begin(LiveRun& run, const RunConfig& config = tiny_config()) {
        run.trainer.send(live::Restart{config, tiny});
        ASSERT_TRUE(becomes(run, [&] { return run.curves.train.records().size() > 5; }));
    }
    void pause(LiveRun& run) {
        run.trainer.send(live::Pause{});
        ASSERT_TRUE(becomes(run, [&] { return run.state->status == TrainerStatus::kPaused; }));
        run.collect(std::nullopt, toasts);  // the records of the last step
    }
    // Everything about it away from how it begins.
    void explore(LiveRun& run) const {
        ViewState& e = run.view_state;
        e.put_dot({0.25f, -1.1f});
        e.put_a({1.0f, 1.5f});
        e.put_b({-1.0f, 0.5f});
        e.path_kind = explore::PathKind::kSpherical;
        e.path_frames = 9;
        e.path_shown = false;
        e.x_axis = 1;
        e.y_axis = 0;
        e.anchor = {0.5f, 0.75f};
        e.rect = {0.5, 0.25, 2.0};
        e.follow_fit = false;
        e.point = tiny->held_out.count - 1;
        e.hidden_labels = 5;
        e.prior_seed = 77;
        run.name = "mine";
        run.pinned = true;
    }
    // As the window opens a run: what is saved, handed to a run that plays.
    void open(LiveRun& run, const fs::path& saved_at) {
        const auto saved = std::make_shared<io::SavedRun>(io::load_run(saved_at));
        const RunSession session = parse_session(saved->session);
        const live::Resume resume{{saved, &saved->checkpoint}, tiny, session.playing, 4};
        run.expect(4, {session, fs::canonical(saved_at)});
        run.trainer.send(resume);
        ASSERT_TRUE(becomes(run, [&] { return run.state->resumed == 4; }));
        run.collect(std::nullopt, toasts);
    }
    fs::path last_run() const { return folder / "last-run"; }

    TemporaryFolder folder;
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    Toasts toasts;
};

TEST_F(LiveRunTest, IsOpenedAsItWasLeft) {
    LiveRun left(1, true, rule());
    begin(left);
    left.name = "mine";  // from then on, the folder says how the run is called
    left.pinned = true;
    pause(left);
    explore(left);
    left.saver.keep_and_wait();

    LiveRun opened(1, true, rule());
    begin(opened);  // another run was in the window before
    opened.view_state.put_dot({3.0f, 3.0f});
    open(opened, last_run());
    EXPECT_EQ(opened.state->status, TrainerStatus::kPaused);
    EXPECT_EQ(opened.state->snapshot->step, left.state->snapshot->step);
    EXPECT_EQ(opened.view_state, left.view_state);
    EXPECT_EQ(opened.name, "mine");
    EXPECT_TRUE(opened.pinned);
    const auto& was = left.curves.train.records();
    const auto& is = opened.curves.train.records();
    ASSERT_EQ(is.size(), was.size());
    for (std::size_t i = 0; i < is.size(); ++i) {
        EXPECT_EQ(is[i].samples, was[i].samples);
        EXPECT_EQ(is[i].seconds, was[i].seconds);
        EXPECT_EQ(is[i].bound, was[i].bound);
        EXPECT_EQ(is[i].reconstruction, was[i].reconstruction);
        EXPECT_EQ(is[i].kl, was[i].kl);
    }
    ASSERT_EQ(opened.curves.evaluations.records().size(), left.curves.evaluations.records().size());
    EXPECT_EQ(opened.curves.evaluations.records().back().test_bound,
              left.curves.evaluations.records().back().test_bound);
    EXPECT_FALSE(opened.undo.can_undo()) << "opening is no step on the map";
}

// It was kept at the pause already; what the person did since is kept, too.
TEST_F(LiveRunTest, IsKeptWhereThePersonHasGoneWithoutTraining) {
    LiveRun left(1, true, rule());
    begin(left);
    pause(left);
    left.saver.keep();
    ASSERT_TRUE(becomes(left, [&] { return !left.saver.busy(); }));
    const auto weights_at = fs::last_write_time(last_run() / "run.json");
    explore(left);
    left.saver.keep_and_wait();
    EXPECT_EQ(fs::last_write_time(last_run() / "run.json"), weights_at);
    LiveRun opened(1, true, rule());
    open(opened, last_run());
    EXPECT_EQ(opened.view_state, left.view_state);
    EXPECT_EQ(opened.state->status, TrainerStatus::kPaused);

    opened.view_state.put_dot({-2.0f, -2.0f});
    opened.saver.keep_and_wait();
    LiveRun again(1, true, rule());
    open(again, last_run());
    EXPECT_EQ(again.view_state, opened.view_state) << "though nothing was trained";
    EXPECT_EQ(std::distance(fs::directory_iterator(folder / "runs"), {}), 1);
}

TEST_F(LiveRunTest, KeepsTheNameThatWasGivenInTheListOfRuns) {
    LiveRun run(1, true, rule());
    begin(run);
    run.saver.keep();
    ASSERT_TRUE(becomes(run, [&] { return !run.saver.busy(); }));
    EXPECT_EQ(run.saver.folder_of(run.state->snapshot->run), fs::canonical(last_run()));
    label_run(last_run(), "from the list", true);
    run.saver.keep_and_wait();
    const RunSession session = parse_session(io::load_session(last_run()));
    EXPECT_EQ(session.name, "from the list");
    EXPECT_TRUE(session.pinned);
    EXPECT_EQ(session.view_state, run.view_state);
}

TEST_F(LiveRunTest, IsSavedUnderTheNameThatIsAskedFor) {
    LiveRun run(1, true, rule());
    begin(run);
    explore(run);
    run.saver.save(folder / "mine", "Zeros and ones");
    ASSERT_TRUE(becomes(run, [&] { return !run.saver.busy(); }));
    const fs::path saved = folder / "mine" / "runs" / "zeros-and-ones";
    EXPECT_NO_THROW(io::load_run(saved));
    const RunSession session = parse_session(io::load_session(saved));
    EXPECT_EQ(session.name, "Zeros and ones");
    EXPECT_EQ(session.view_state, run.view_state);
}

TEST_F(LiveRunTest, PlaysOnWhereItPlayed) {
    LiveRun left(1, true, rule());
    begin(left);
    left.saver.keep_and_wait();
    LiveRun opened(1, false, rule());
    open(opened, last_run());
    EXPECT_TRUE(becomes(opened, [&] { return opened.state->status == TrainerStatus::kPlaying; }));
    const std::size_t records = opened.curves.train.records().size();
    EXPECT_TRUE(becomes(opened, [&] { return opened.curves.train.records().size() > records; }));
}

TEST_F(LiveRunTest, KeepsWhatTheEstimatorTold) {
    RunConfig config = tiny_config();
    config.estimator = "mcem";
    LiveRun left(1, true, rule());
    begin(left, config);
    pause(left);
    left.saver.keep_and_wait();
    LiveRun opened(1, true, rule());
    open(opened, last_run());
    const auto& was = left.curves.train.records();
    const auto& is = opened.curves.train.records();
    ASSERT_EQ(is.size(), was.size());
    ASSERT_EQ(is.back().readings.size(), 2U);
    EXPECT_EQ(is.back().readings, was.back().readings);
    EXPECT_EQ(is.front().readings, was.front().readings);
}

TEST_F(LiveRunTest, WhatBeginsAnewHasNeitherTheNameNorThePlaceOfTheRunBefore) {
    LiveRun run(1, true, rule());
    begin(run);
    explore(run);
    run.saver.keep_and_wait();
    open(run, last_run());
    RunConfig wide = tiny_config();
    wide.latents = 5;
    run.trainer.send(live::Restart{wide, tiny});
    ASSERT_TRUE(becomes(run, [&] { return run.view_state.cursor.size() == 5; }));
    EXPECT_EQ(run.name, "");
    EXPECT_FALSE(run.pinned);
}

// The Resume that it was for was refused, or another run came first.
TEST_F(LiveRunTest, ASessionIsOfTheRunThatItWasSavedWithAlone) {
    LiveRun run(1, true, rule());
    begin(run);
    RunSession other{"other", true, false, run.view_state};
    other.view_state->cursor = {9.0f, 9.0f};
    run.expect(12, {other, {}});
    const std::uint64_t before = run.state->snapshot->run;
    run.trainer.send(live::Restart{tiny_config(), tiny});
    ASSERT_TRUE(becomes(run, [&] { return run.state->snapshot->run > before; }));
    EXPECT_EQ(run.name, "");
    EXPECT_NE(run.view_state.cursor, other.view_state->cursor);
}

}  // namespace
}  // namespace elbow::gui
