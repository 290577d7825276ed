// What is done to the folders of runs from the list of runs.

#include "app/gui/runs/run_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "app/gui/run_session.h"
#include "app/gui/runs/run_thumbnails.h"
#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using testing_support::TemporaryFolder;

class RunFiles : public testing::Test {
  protected:
    void save(const RunConfig& config = test::tiny_config()) {
        train::Session session(config, tiny, 1);
        session.step();
        RunSession at;
        at.playing = false;
        at.view_state = ViewState();
        at.view_state->fit_to(config.latents);
        io::save_run(run, session.checkpoint(), tiny.get(), session_text(at));
    }
    RunSession session_of(const fs::path& folder_of_run) const {
        return parse_session(io::load_session(folder_of_run));
    }
    TemporaryFolder folder;
    fs::path run = folder / "run";
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
};

TEST_F(RunFiles, ANameAndAPinChangeNothingElse) {
    save();
    const RunSession before = session_of(run);
    label_run(run, "mine", true);
    const RunSession after = session_of(run);
    EXPECT_EQ(after.name, "mine");
    EXPECT_TRUE(after.pinned);
    EXPECT_EQ(after.playing, before.playing);
    EXPECT_EQ(after.view_state, before.view_state);
    EXPECT_NO_THROW(io::load_run(run));
    fs::remove(run / "session.json");  // a run of an older version
    label_run(run, "old", false);
    EXPECT_EQ(session_of(run).name, "old");
}

TEST_F(RunFiles, ACopyIsARunOfItsOwn) {
    save();
    label_run(run, "mine", true);
    const fs::path first = duplicate_run(run, "mine");
    const fs::path second = duplicate_run(run, "mine");
    EXPECT_NE(first, second);
    EXPECT_EQ(first.parent_path(), run.parent_path());
    EXPECT_EQ(io::load_run(second).checkpoint.parameters, io::load_run(run).checkpoint.parameters);
    EXPECT_EQ(session_of(first).name, "mine copy");
    EXPECT_FALSE(session_of(first).pinned);
    EXPECT_EQ(session_of(run).name, "mine");
}

TEST_F(RunFiles, WhatIsDeletedComesBackToWhereItWas) {
    save();
    const fs::path state = folder / "state";
    DeletedRun deleted = delete_run(state, run);
    EXPECT_FALSE(fs::exists(run));
    EXPECT_EQ(restore_run(state, deleted), run);
    EXPECT_NO_THROW(io::load_run(run));

    fs::create_directories(state / "runs");
    const fs::path kept = state / "runs" / "2026-01-01_10-00-00-tiny-2";
    fs::rename(run, kept);
    deleted = delete_run(state, kept);
    save();  // something else is there meanwhile
    EXPECT_NO_THROW(io::load_run(restore_run(state, deleted)));
    deleted = delete_run(state, run);
    save();
    const fs::path beside = restore_run(state, deleted);
    EXPECT_NE(beside, run);
    EXPECT_NO_THROW(io::load_run(beside));
}

TEST_F(RunFiles, OfWhatIsDroppedTheFolderIsOpened) {
    EXPECT_EQ(run_folder_of("/runs/a/run.json"), "/runs/a");
    EXPECT_EQ(run_folder_of("/runs/a/model.safetensors"), "/runs/a");
    EXPECT_EQ(run_folder_of("/runs/a"), "/runs/a");
    EXPECT_EQ(run_folder_of("/pictures/cat.png"), "/pictures/cat.png");
}

TEST_F(RunFiles, ANameBecomesAFolderThatIsNotThereYet) {
    EXPECT_EQ(free_run_folder(folder.path(), "Zeros & ones!"), folder / "zeros-ones");
    fs::create_directory(folder / "zeros-ones");
    EXPECT_EQ(free_run_folder(folder.path(), "zeros ones"), folder / "zeros-ones-2");
    fs::create_directory_symlink("nowhere", folder / "zeros-ones-2");
    EXPECT_EQ(free_run_folder(folder.path(), "zeros ones"), folder / "zeros-ones-3");
    EXPECT_EQ(free_run_folder(folder.path(), "../.."), folder / "run");
    EXPECT_EQ(free_run_folder(folder.path(), ""), folder / "run");
    EXPECT_EQ(free_run_folder(folder.path(), "größer"), folder / "größer");
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "ö";
    EXPECT_EQ(free_run_folder(folder.path(), umlauts).filename().string().size(), 60U);
}

TEST_F(RunFiles, AThumbnailIsOfTheRunsSize) {
    for (const int latents : {1, 2, 5}) {
        RunConfig config = test::tiny_config();
        config.latents = latents;
        save(config);
        const Thumbnail made = make_thumbnail(run);
        EXPECT_EQ(made.side, 4);
        EXPECT_EQ(made.shape, tiny->shape());
        EXPECT_EQ(made.pixels.size(), static_cast<std::size_t>(16 * made.shape.size()));
    }
}

TEST_F(RunFiles, ThumbnailsAreMadeBehindTheWindowAndAgainWhenTheRunIsSaved) {
    save();
    Thumbnails thumbnails;
    RunEntry entry;
    entry.folder = run;
    entry.saved_at = fs::last_write_time(run / "run.json");
    const auto newest_is_there = [&] {
        const Thumbnail* made = thumbnails.of(entry);
        thumbnails.poll();
        return made != nullptr && made->saved_at == entry.saved_at;
    };
    EXPECT_EQ(thumbnails.of(entry), nullptr);
    ASSERT_TRUE(comes_true(newest_is_there));
    EXPECT_EQ(thumbnails.of(entry)->problem, "");
    EXPECT_FALSE(thumbnails.busy());
    entry.saved_at += std::chrono::seconds(1);
    EXPECT_NE(thumbnails.of(entry), nullptr) << "the one before stays on show meanwhile";
    ASSERT_TRUE(comes_true(newest_is_there));
    std::ofstream(run / "model.safetensors") << "damaged";
    entry.saved_at += std::chrono::seconds(1);
    ASSERT_TRUE(comes_true(newest_is_there));
    EXPECT_NE(thumbnails.of(entry)->problem, "");
    EXPECT_TRUE(thumbnails.of(entry)->pixels.empty());
}

}  // namespace
}  // namespace elbow::gui
