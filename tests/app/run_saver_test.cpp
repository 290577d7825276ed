// Which runs are kept and where, with a real trainer on small images.

#include "app/gui/run_saver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>

#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "engine/train/divergence.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using test::tiny_config;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;

std::vector<fs::path> folders_in(const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(parent, error)) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

class RunSaverTest : public testing::Test {
  protected:
    KeepingRule rule() const {
        KeepingRule rule;
        rule.state = state;
        rule.worth_keeping_s = 0.0;
        return rule;
    }
    // Begins a run, and waits until it has come so far.
    void begin(std::int64_t steps = 30) {
        const auto before = trainer.state()->snapshot;
        trainer.send(live::Restart{config, dataset});
        ASSERT_TRUE(comes_true([&] {
            const auto now = trainer.state()->snapshot;
            return now && (!before || now->run > before->run) && now->step >= steps;
        }));
    }
    void diverge() {
        trainer.send(live::ChangeOption{"step-size", "10"});
        ASSERT_TRUE(
            comes_true([&] { return trainer.state()->status == live::TrainerStatus::kFailed; }));
    }
    std::vector<SaveNews> finish(RunSaver& saver) {
        std::vector<SaveNews> all;
        EXPECT_TRUE(comes_true([&] {
            for (SaveNews& news : saver.poll(trainer.take_update())) all.push_back(std::move(news));
            return !saver.busy();
        }));
        return all;
    }
    std::vector<fs::path> kept() const { return folders_in(state / "runs"); }

    TemporaryFolder folder;
    fs::path state = folder / "state";
    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    RunConfig config = [] {
        RunConfig sgd = tiny_config();  // one that a large step size breaks at once
        sgd.optimizer = "sgd";
        sgd.step_size = 1e-4;
        return sgd;
    }();
    live::Trainer trainer{1};
};

TEST_F(RunSaverTest, KeepsEachRunInAFolderOfItsOwn) {
    RunSaver saver(trainer, rule());
    begin();
    saver.keep();
    begin();  // the restart that the person did not mean, not yet polled
    saver.keep_and_wait();
    ASSERT_THAT(kept(), SizeIs(2));
    for (const fs::path& run : kept()) {
        EXPECT_GE(io::load_run(run).checkpoint.step, 30);
        EXPECT_THAT(run.filename().string(), HasSubstr("-tiny-2"));
    }
    EXPECT_TRUE(fs::is_symlink(state / "last-run"));
    EXPECT_EQ(fs::canonical(state / "last-run"), fs::canonical(kept().back()));
}

TEST_F(RunSaverTest, SavesToTheSameFolderWhileTheRunGoesOn) {
    KeepingRule often = rule();
    often.first_s = often.interval_s = 0.02;
    RunSaver saver(trainer, often);
    begin();
    std::int64_t first = -1;
    EXPECT_TRUE(comes_true([&] {
        EXPECT_THAT(saver.poll(trainer.take_update()), IsEmpty()) << "nothing is to be told";
        if (kept().empty() || !fs::exists(state / "last-run")) return false;
        const std::int64_t step = io::load_run(kept().front()).checkpoint.step;
        if (first < 0) first = step;
        return step > first;
    }));
    trainer.send(live::Pause{});  // else the next save is due before this one has ended
    finish(saver);
    EXPECT_THAT(kept(), SizeIs(1));
}

TEST_F(RunSaverTest, IsOnDiskSoonAfterTheStart) {
    KeepingRule soon = rule();
    soon.first_s = 0.02;
    soon.interval_s = 1e6;
    RunSaver saver(trainer, soon);
    begin();
    EXPECT_TRUE(comes_true([&] {
        saver.poll(trainer.take_update());
        return !kept().empty() && io::holds_run(kept().front());
    }));
}

TEST_F(RunSaverTest, APauseSavesWhatHasBeenLearnt) {
    KeepingRule seldom = rule();
    seldom.first_s = seldom.interval_s = 1e6;
    RunSaver saver(trainer, seldom);
    begin();
    finish(saver);
    EXPECT_THAT(kept(), IsEmpty());
    trainer.send(live::Pause{});
    ASSERT_TRUE(comes_true([&] {
        saver.poll(trainer.take_update());
        return !kept().empty() && !saver.busy();
    }));
    EXPECT_EQ(io::load_run(kept().front()).checkpoint.step, trainer.state()->snapshot->step);
    const auto saved_at = fs::last_write_time(kept().front() / "run.json");
    for (int i = 0; i < 20; ++i) finish(saver);
    EXPECT_EQ(fs::last_write_time(kept().front() / "run.json"), saved_at) << "nothing is new";
}

TEST_F(RunSaverTest, AChangedOptionIsSavedSoonAfterwards) {
    KeepingRule seldom = rule();
    seldom.first_s = seldom.interval_s = 1e6;
    seldom.change_s = 0.01;
    RunSaver saver(trainer, seldom);
    begin();
    finish(saver);
    EXPECT_THAT(kept(), IsEmpty());
    trainer.send(live::ChangeOption{"step-size", "0.0002"});
    ASSERT_TRUE(comes_true([&] {
        saver.poll(trainer.take_update());
        return !kept().empty() && !saver.busy();
    }));
    EXPECT_THAT(io::load_run(kept().front()).checkpoint.changes, SizeIs(1));
}

TEST_F(RunSaverTest, MarksTheRunForAsLongAsItIsTrained) {
    KeepingRule marked = rule();
    marked.first_s = 0.02;
    marked.mark = std::make_shared<WindowMark>(state);
    RunSaver saver(trainer, marked);
    begin();
    ASSERT_TRUE(comes_true([&] {
        saver.poll(trainer.take_update());
        return marked_runs(state).size() == 1;
    }));
    EXPECT_THAT(take_orphaned_marks(state), IsEmpty()) << "its window lives";
    saver.keep();
    finish(saver);
    EXPECT_THAT(marked_runs(state), IsEmpty()) << "it is over, and whole on disk";
}

TEST_F(RunSaverTest, LeavesTheLastGoodSaveOfARunThatDiverged) {
    RunSaver saver(trainer, rule());
    begin();
    saver.keep();
    finish(saver);
    ASSERT_THAT(kept(), SizeIs(1));
    const std::int64_t step = io::load_run(kept().front()).checkpoint.step;
    diverge();

    saver.keep();
    finish(saver);
    ASSERT_THAT(kept(), SizeIs(1));
    const train::Checkpoint after = io::load_run(kept().front()).checkpoint;
    EXPECT_GE(after.step, step) << "of what went on, at most what was sound";
    const train::Checkpoint untrained = train::Session(config, dataset, 1).checkpoint();
    EXPECT_EQ(train::why_diverged(after, train::held_out_score(after, *dataset),
                                  train::held_out_score(untrained, *dataset)),
              "");
}

TEST_F(RunSaverTest, OfARunThatGoesOnFurtherBackTheNewWayIsKept) {
    RunSaver saver(trainer, rule());
    begin();
    diverge();
    const std::int64_t sound = trainer.state()->snapshot->step;
    saver.keep();
    finish(saver);
    // As if it had been kept further on, when nothing was known yet.
    const fs::path home = kept().front();
    const auto step_of_kept = [&] { return io::load_run(home).checkpoint.step; };
    trainer.send(live::ChangeOption{"step-size", "1e-4"});
    trainer.send(live::StepOnce{});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot->step > sound; }));
    saver.keep();
    finish(saver);
    const std::int64_t first_way = step_of_kept();
    EXPECT_GT(first_way, sound);
    trainer.send(live::ChangeOption{"step-size", "10"});
    trainer.send(live::Play{});
    ASSERT_TRUE(
        comes_true([&] { return trainer.state()->status == live::TrainerStatus::kFailed; }));
    ASSERT_LE(trainer.state()->snapshot->step, first_way) << "it went back at least as far";
    trainer.send(live::ChangeOption{"step-size", "1e-5"});
    trainer.send(live::GoOn{});
    trainer.send(live::Pause{});
    saver.keep();
    finish(saver);
    const train::Checkpoint now = io::load_run(home).checkpoint;
    EXPECT_EQ(now.step, trainer.state()->snapshot->step);
    ASSERT_FALSE(now.changes.empty());
    EXPECT_EQ(now.changes.back().value, "1e-05");
}

TEST_F(RunSaverTest, KeepsWhatWasSoundOfARunThatDivergedBeforeItsFirstSave) {
    RunSaver saver(trainer, rule());
    begin();
    diverge();
    saver.keep_and_wait();
    ASSERT_THAT(kept(), SizeIs(1));
    const io::SavedRun saved = io::load_run(kept().front());
    EXPECT_EQ(saved.checkpoint.step, trainer.state()->snapshot->step);
    EXPECT_NO_THROW(train::Session(saved.checkpoint, dataset, 1));
}

TEST_F(RunSaverTest, RefusesToSaveWhatHasDivergedAndSaysWhy) {
    RunSaver saver(trainer, rule());
    // As the last update can leave it: broken, and no step follows that would notice.
    auto broken =
        std::make_shared<train::Checkpoint>(train::Session(config, dataset, 1).checkpoint());
    for (float& weight : broken->parameters) weight *= 30.0F;
    train::EvaluationRecord before{};
    before.test_bound = -83.0;
    before.test_kl_per_latent = {0.0F, 0.0F};
    broken->evaluations.push_back(before);
    trainer.send(live::Pause{});
    trainer.send(live::Resume{broken, dataset});
    saver.save(folder.path());
    const auto news = finish(saver);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(news[0].kind, ToastKind::kError);
    EXPECT_THAT(news[0].text, AllOf(HasSubstr("was not saved"), HasSubstr("diverged")));
    EXPECT_THAT(folders_in(folder / "runs"), IsEmpty());
    EXPECT_THAT(kept(), IsEmpty());
}

TEST_F(RunSaverTest, SavesWhatIsAskedForInANewFolderEachTime) {
    KeepingRule demonstration = rule();
    demonstration.keeps = false;
    RunSaver saver(trainer, demonstration);
    begin();
    saver.save(folder.path());
    finish(saver);
    saver.save(folder.path());
    const auto news = finish(saver);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(news[0].kind, ToastKind::kGood);
    EXPECT_THAT(folders_in(folder / "runs"), SizeIs(2));
    EXPECT_NO_THROW(io::load_run(news[0].folder));
    saver.keep_and_wait();
    EXPECT_THAT(kept(), IsEmpty()) << "a demonstration keeps nothing";
}

TEST_F(RunSaverTest, KeepsNothingThatNobodyWouldMiss) {
    KeepingRule long_runs = rule();
    long_runs.worth_keeping_s = 1e6;
    RunSaver saver(trainer, long_runs);
    EXPECT_THAT(saver.keep_and_wait(), IsEmpty()) << "before the first run";
    trainer.send(live::Play{});
    begin();
    EXPECT_THAT(saver.keep_and_wait(), IsEmpty());
    EXPECT_THAT(kept(), IsEmpty());
}

// An environment variable for as long as this lives.
class Variable {
  public:
    Variable(const char* name, const fs::path& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        ::setenv(name, value.c_str(), 1);
    }
    ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::optional<std::string> before_;
};

class BlockedRunSaverTest : public RunSaverTest {
  protected:
    BlockedRunSaverTest() { std::ofstream(state) << "in the way"; }
    std::string trouble_at_the_end() {
        RunSaver saver(trainer, rule());
        begin();
        try {
            saver.keep_and_wait();
        } catch (const Error& error) {
            return error.what();
        }
        return "nothing was said";
    }

    fs::path home = folder / "home";
    fs::path temporary = folder / "temporary";
    Variable home_variable{"HOME", home};
    Variable temporary_variable{"TMPDIR", temporary};
};

TEST_F(BlockedRunSaverTest, SavesAtHomeAtTheEndAndSaysSo) {
    fs::create_directory(home);
    const std::string trouble = trouble_at_the_end();
    ASSERT_THAT(folders_in(home), SizeIs(1));
    EXPECT_THAT(trouble, AllOf(HasSubstr(state.string()), HasSubstr(folders_in(home)[0].string())));
    EXPECT_GE(io::load_run(folders_in(home)[0]).checkpoint.step, 30);
}

TEST_F(BlockedRunSaverTest, SavesAmongTemporaryFilesWhereThereIsNoHome) {
    fs::create_directory(temporary);
    const std::string trouble = trouble_at_the_end();
    ASSERT_THAT(folders_in(temporary), SizeIs(1));
    EXPECT_THAT(trouble, HasSubstr(folders_in(temporary)[0].string()));
    EXPECT_NO_THROW(io::load_run(folders_in(temporary)[0]));
}

TEST_F(BlockedRunSaverTest, SaysAtTheEndThatTheRunCouldNotBeSavedAnywhere) {
    EXPECT_THAT(trouble_at_the_end(), AllOf(HasSubstr(state.string()), HasSubstr("lost")));
}

TEST_F(BlockedRunSaverTest, SavesNowhereElseWhileTheTrainingGoesOn) {
    fs::create_directory(home);
    RunSaver saver(trainer, rule());
    begin();
    saver.keep();
    const auto news = finish(saver);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(news[0].kind, ToastKind::kError);
    EXPECT_THAT(folders_in(home), IsEmpty());
}

TEST_F(RunSaverTest, SaysWhyThereIsNoCheckpoint) {
    RunSaver saver(trainer, rule());
    saver.save(folder.path());  // before the first run
    const auto news = finish(saver);
    ASSERT_THAT(news, SizeIs(1));
    EXPECT_EQ(news[0].kind, ToastKind::kError);
    EXPECT_FALSE(saver.busy());
}

}  // namespace
}  // namespace elbow::gui
