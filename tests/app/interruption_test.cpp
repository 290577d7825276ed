// What the next window finds of one that was interrupted, and what of that it removes.

#include "app/gui/interruption.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "app/gui/autosave_files.h"
#include "app/gui/autosaves.h"
#include "app/gui/strays.h"
#include "engine/data/fetch.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using test::tiny_config;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;

class InterruptionTest : public testing::Test {
  protected:
    fs::path train(WindowMark& mark, std::int64_t samples) {
        fs::path run = make_autosave_folder(state, config, &mark);
        train::Checkpoint checkpoint = session.checkpoint();
        checkpoint.samples = samples;
        io::save_run(run, checkpoint, dataset.get());
        mark_as_newest(state, run);
        return run;
    }
    // In a process of its own, which is then killed.
    void be_killed(const std::function<void()>& window) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            window();
            ::kill(::getpid(), SIGKILL);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status));
    }
    std::unique_ptr<Interruption> next_window(const fs::path& opened = {}) {
        auto found =
            std::make_unique<Interruption>(state, data::SearchPath{folder / "data"}, opened);
        EXPECT_TRUE(comes_true([&] {
            found->poll();
            return !found->busy();
        }));
        return found;
    }
    std::vector<fs::path> kept() const { return folders_in(state / "runs"); }

    TemporaryFolder folder;
    fs::path state = folder / "state";
    RunConfig config = tiny_config();
    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    train::Session session{config, dataset, 1};
};

TEST_F(InterruptionTest, AKilledWindowsRunIsOfferedOnce) {
    be_killed([&] {
        WindowMark mark(state);
        train(mark, 1'200'000);
    });
    {
        const auto window = next_window();
        ASSERT_TRUE(window->offer());
        EXPECT_EQ(question_about(*window->offer()),
                  "Continue the run 'tiny-2', which was interrupted after 1.20 M images?");
        EXPECT_FALSE(next_window()->offer()) << "the first window asks already";
    }
    const auto window = next_window();
    ASSERT_TRUE(window->offer()) << "the one before was closed without an answer";
    EXPECT_EQ(window->accept(), kept().front());
    EXPECT_FALSE(window->offer());
    EXPECT_FALSE(next_window()->offer());
    EXPECT_NO_THROW(io::load_run(kept().front()));
}

TEST_F(InterruptionTest, ADismissedRunIsNotOfferedAgainAndStays) {
    be_killed([&] {
        WindowMark mark(state);
        train(mark, 1000);
    });
    next_window()->dismiss();
    EXPECT_FALSE(next_window()->offer());
    EXPECT_THAT(kept(), SizeIs(1));
}

TEST_F(InterruptionTest, AWindowThatEndedOrLivesIsLeftAlone) {
    WindowMark ended(state);
    train(ended, 1000);
    ended.end();
    EXPECT_FALSE(next_window()->offer());
    WindowMark living(state);
    const fs::path run = train(living, 1000);
    EXPECT_FALSE(next_window()->offer());
    EXPECT_TRUE(runs_in_live_marks(state).contains(run.filename().string()));
}

TEST_F(InterruptionTest, ARunThatWasOverBeforeIsNotOffered) {
    be_killed([&] {
        WindowMark mark(state);
        mark.remove(train(mark, 1000));
    });
    EXPECT_FALSE(next_window()->offer());
    EXPECT_TRUE(fs::is_empty(state / "windows")) << "its mark says nothing more";
}

TEST_F(InterruptionTest, OfSeveralTheOneThatWasSavedLastIsOffered) {
    be_killed([&] {
        WindowMark mark(state);
        train(mark, 1000);
        train(mark, 2000);
    });
    be_killed([&] {
        WindowMark mark(state);
        train(mark, 3000);
    });
    const auto window = next_window();
    ASSERT_TRUE(window->offer());
    EXPECT_EQ(window->offer()->samples, 3000);
    window->dismiss();
    EXPECT_FALSE(next_window()->offer()) << "one bar, not three";
}

TEST_F(InterruptionTest, TheRunThatIsOpenedAnywayIsNotOffered) {
    be_killed([&] {
        WindowMark mark(state);
        train(mark, 1000);
    });
    EXPECT_FALSE(next_window(state / "last-run")->offer());
}

TEST_F(InterruptionTest, MarksThatWereCutShortOrAreForeignOfferNothing) {
    be_killed([&] {
        WindowMark mark(state);
        mark.add(state / "runs" / "never-saved");
    });
    std::ofstream(state / "windows" / "1-0") << "+../../etc\n+half";
    std::ofstream(state / "windows" / "1-1") << std::string(3000, '\0');
    ASSERT_EQ(::mkfifo((state / "windows" / "1-2").c_str(), 0600), 0);
    fs::create_directory(state / "windows" / "1-3");
    EXPECT_FALSE(next_window()->offer());
}

TEST_F(InterruptionTest, RemovesWhatKilledSaversLeft) {
    fs::path half, whole;
    be_killed([&] {
        WindowMark mark(state);
        whole = train(mark, 1000);
        half = make_autosave_folder(state, config, &mark);
        std::ofstream(half / "model.safetensors") << "whole";
        std::ofstream(half / ".optimizer.safetensors.new.77-1") << "half";
        fs::create_symlink("runs/nowhere", state / "last-run.77.nowhere");
        std::ofstream(whole / ".model.safetensors.new.77-2") << "half";
        std::ofstream(whole / "model.safetensors.new") << "staged";
        std::ofstream(whole / ".session.json.77-3") << "half";
        std::ofstream(whole / "run.lock") << "process 77";
    });
    ASSERT_THAT(kept(), SizeIs(2));
    next_window()->dismiss();
    ASSERT_THAT(kept(), SizeIs(1));
    EXPECT_NO_THROW(io::load_run(kept().front()));
    for (const auto& file : fs::directory_iterator(kept().front())) {
        EXPECT_FALSE(is_leftover(file.path().filename().string())) << file.path();
    }
    EXPECT_FALSE(fs::is_symlink(state / "last-run.77.nowhere"));
    EXPECT_TRUE(fs::is_symlink(state / "last-run"));
}

TEST_F(InterruptionTest, RemovesNothingOfLivingWindowsAndNothingOfThePersons) {
    WindowMark mark(state);
    const fs::path under_way = make_autosave_folder(state, config, &mark);
    std::ofstream(under_way / ".model.safetensors.new.77-1") << "half";
    WindowMark other(state);
    const fs::path noted = make_autosave_folder(state, config, &other);
    std::ofstream(noted / "notes.txt") << "mine";
    other.end();
    fs::create_directories(state / "runs" / "mine");
    std::ofstream(state / "last-run.txt") << "mine";
    remove_strays(state);
    EXPECT_TRUE(fs::exists(under_way / ".model.safetensors.new.77-1"));
    EXPECT_TRUE(fs::exists(noted / "notes.txt"));
    EXPECT_TRUE(fs::exists(state / "runs" / "mine"));
    EXPECT_TRUE(fs::exists(state / "last-run.txt"));
}

TEST_F(InterruptionTest, FinishesASaveThatWasWholeBeforeTheKill) {
    WindowMark mark(state);
    const fs::path run = train(mark, 1000);
    mark.end();
    for (const char* file : io::kRunFiles) {
        fs::rename(run / file, (run / file).string() + ".new");
    }
    remove_strays(state);
    EXPECT_NO_THROW(io::load_run(run));
}

TEST_F(InterruptionTest, FinishesASaveOverAnOlderOne) {
    WindowMark mark(state);
    const fs::path run = train(mark, 1000);
    train::Checkpoint later = session.checkpoint();
    later.samples = 2000;
    io::save_run(folder / "later", later, dataset.get());
    for (const char* file : io::kRunFiles) {
        fs::rename(folder / "later" / file, (run / file).string() + ".new");
    }
    mark.end();
    remove_strays(state);
    EXPECT_EQ(io::load_run(run).checkpoint.samples, 2000);
    EXPECT_FALSE(fs::exists(run / "run.json.new"));
}

TEST_F(InterruptionTest, LeavesARunAloneThatAnotherProgramSavesTo) {
    WindowMark mark(state);
    const fs::path run = train(mark, 1000);
    mark.end();
    const io::RunLock lock(run);
    std::ofstream(run / ".model.safetensors.new.77-1") << "half";
    std::ofstream(run / ".session.json.77-2") << "half";
    remove_strays(state);
    EXPECT_TRUE(fs::exists(run / ".model.safetensors.new.77-1"));
    EXPECT_TRUE(fs::exists(run / ".session.json.77-2"));
    EXPECT_TRUE(fs::exists(run / "run.lock"));
}

TEST_F(InterruptionTest, ARemovedStateFolderIsNotMade) {
    EXPECT_FALSE(next_window()->offer());
    EXPECT_FALSE(fs::exists(state));
}

}  // namespace
}  // namespace elbow::gui
