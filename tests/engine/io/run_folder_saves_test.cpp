// What is in a run's folder while programs save to it, are killed or are refused.

#include <sys/stat.h>

#include <atomic>
#include <thread>

#include "tests/engine/io/saved_run.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryFolder;

// A run of the same network and step as SavedRunFolder's, and yet another one.
class TwoRuns : public SavedRunFolder {
  protected:
    void SetUp() override {
        SavedRunFolder::SetUp();
        RunConfig config = small_config("adam");
        config.seed = 4;
        train::Session session(config, dataset_, 1);
        for (int i = 0; i < 3; ++i) session.step();
        save_run(other_, with_history(session.checkpoint(), {session.evaluate()}), dataset_.get());
    }
    std::string other_text(const std::string& file) const {
        const auto bytes = read_file(other_ / file);
        return {bytes.begin(), bytes.end()};
    }
    bool is_loaded(const fs::path& of) const {
        return load_run(run_).checkpoint.config.seed == load_run(of).checkpoint.config.seed;
    }
    // As a save of the other run leaves the folder that was killed after so many renames.
    void stage_other(std::size_t renamed) const {
        for (std::size_t i = 0; i < kRunFiles.size(); ++i)
            write(kRunFiles[i] + std::string(i < renamed ? "" : ".new"), other_text(kRunFiles[i]));
    }
    std::size_t files() const { return content().size(); }

    fs::path other_ = folder_ / "other";
};

TEST_F(TwoRuns, AMixtureIsRefusedWhicheverFileIsOfTheOther) {
    for (const char* file :
         {"model.safetensors", "optimizer.safetensors", "metrics.csv", "run.json"}) {
        const std::string whole = text(file);
        write(file, other_text(file));
        EXPECT_THROW(load_run(run_), Error) << file;
        write(file, whole);
    }
    EXPECT_NO_THROW(load_run(run_));
    write("model.safetensors", other_text("model.safetensors"));
    expect_refused("is not the file that was saved with this run.json");
}

TEST_F(TwoRuns, AMixtureOfAnOlderVersionIsRefusedByItsStep) {
    edit([](auto& json) {
        json.erase("sha256");
        json.erase("last_evaluation");
    });
    EXPECT_NO_THROW(load_run(run_));
    edit([](auto& json) { json["step"] = 4; });
    expect_refused("different moments");
}

TEST_F(TwoRuns, AKilledSaveIsReadAndChangesNothing) {
    for (std::size_t renamed = 0; renamed < kRunFiles.size(); ++renamed) {
        stage_other(renamed);
        const auto before = content();
        EXPECT_TRUE(is_loaded(other_)) << renamed << " renames";
        EXPECT_TRUE(holds_run(run_));
        EXPECT_NO_THROW(check_run_folder_writable(run_));
        EXPECT_EQ(content(), before) << "of " << renamed << " renames a reader changes nothing";
        SetUp();  // saves the first run: in place of the other, which is finished before
        EXPECT_EQ(files(), kRunFiles.size());
        EXPECT_NO_THROW(load_run(run_));
    }
}

// A save is finished before another begins, so that one that is killed in turn leaves a whole run.
TEST_F(TwoRuns, AKilledSaveIsFinishedByTheNext) {
    stage_other(2);
    fs::create_directories(run_ / "optimizer.safetensors.new/in the way");
    train::Session session(small_config("sgd"), dataset_, 1);
    EXPECT_THROW(save_run(run_, session.checkpoint()), Error);
    EXPECT_TRUE(is_loaded(other_));
}

TEST_F(TwoRuns, AFirstSaveThatWasKilledIsReadAsWell) {
    const fs::path first = folder_ / "first";
    fs::create_directory(first);
    for (const char* file : kRunFiles)
        write_file_atomically(first / (std::string(file) + ".new"),
                              std::string_view(other_text(file)));
    EXPECT_EQ(load_run(first).checkpoint.config.seed, 4);
    EXPECT_TRUE(holds_run(first));
}

TEST_F(TwoRuns, AStrayStagedFileDoesNotKeepAWholeRunFromOpening) {
    const std::string staged_file = "run.json.new";
    const auto first = load_run(run_).checkpoint.config.seed;
    for (const std::string& stray :
         {std::string("A probe, removed at once.\n"), other_text("run.json"),
          text("run.json").substr(0, 500), std::string(), std::string("{}")}) {
        write(staged_file, stray);
        EXPECT_EQ(load_run(run_).checkpoint.config.seed, first) << stray;
        EXPECT_NO_THROW(check_run_folder_writable(run_));
        EXPECT_EQ(text(staged_file), stray) << "a check leaves what is there";
        save_run(run_, load_run(run_).checkpoint, dataset_.get());
        EXPECT_EQ(files(), kRunFiles.size());
        EXPECT_NO_THROW(load_run(run_));
    }
    ASSERT_EQ(::mkfifo((run_ / staged_file).c_str(), 0600), 0);
    EXPECT_NO_THROW(load_run(run_));
}

TEST_F(TwoRuns, ASecondProgramSavesNothingAndChecksNothing) {
    RunLock lock = lock_run_folder(run_);
    const auto before = content();
    const train::Checkpoint other = load_run(other_).checkpoint;
    EXPECT_THROW(save_run(run_, other), Error);
    EXPECT_THROW(check_run_folder_writable(run_), Error);
    EXPECT_THROW(lock_run_folder(run_), Error);
    EXPECT_EQ(content(), before);
    EXPECT_NO_THROW(load_run(run_)) << "which needs no lock";
    save_run(lock, other, dataset_.get());
    EXPECT_TRUE(is_loaded(other_));
}

// The probe of a program that is refused must not take the place of what another has staged.
TEST_F(TwoRuns, RefusedChecksInALoopDoNoHarmToSaves) {
    std::atomic<bool> saved = false;
    std::atomic<int> refused{0};
    const auto check_all_along = [&] {
        while (!saved) {
            try {
                check_run_folder_writable(run_);
            } catch (const Error&) {
                ++refused;
            }
        }
    };
    train::Session session(small_config("adam"), dataset_, 1);
    {
        RunLock lock = lock_run_folder(run_);
        const std::jthread checks(check_all_along);
        for (int i = 0; i < 50 || refused < 50; ++i) {
            session.step();
            EXPECT_NO_THROW(save_run(lock, session.checkpoint()));
            EXPECT_NO_THROW(load_run(run_));
        }
        saved = true;
    }
    EXPECT_EQ(load_run(run_).checkpoint.step, session.steps());
}

TEST_F(TwoRuns, OnAMediumThatCannotBeWrittenAKilledSaveOpens) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
    stage_other(1);
    fs::permissions(run_, fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_TRUE(is_loaded(other_));
    EXPECT_THROW(check_run_folder_writable(run_), Error);
    fs::permissions(run_, fs::perms::owner_all);
}

}  // namespace
}  // namespace elbow::io
