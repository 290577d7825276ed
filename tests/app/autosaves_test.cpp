// Which of the kept runs stay, which go to the trash, and that they come back from there.

#include "app/gui/autosaves.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "app/gui/autosave_files.h"
#include "engine/core/error.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::tiny_config;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;

class AutosavesTest : public testing::Test {
  protected:
    fs::path keep(double train_seconds = 1.0) {
        fs::path run = make_autosave_folder(state, config);
        save_again(run, train_seconds);
        return run;
    }
    void save_again(const fs::path& run, double train_seconds = 1.0) {
        train::Checkpoint checkpoint = session.checkpoint();
        checkpoint.train_seconds = train_seconds;
        io::save_run(run, checkpoint, dataset.get());
        for (TrashedRun& one : mark_as_newest(state, run, budget)) gone.push_back(std::move(one));
    }
    std::vector<fs::path> kept() const { return folders_in(state / "runs"); }
    std::vector<fs::path> trash() const { return folders_in(state / "trash"); }
    std::vector<std::string> what_went() const {
        std::vector<std::string> what;
        for (const TrashedRun& run : gone) what.push_back(run.what);
        return what;
    }
    // Room for so many runs, and a little more.
    void make_budget(std::size_t runs, std::size_t in_trash, std::size_t newest) {
        const std::uintmax_t one = bytes_of(keep());
        fs::remove_all(state);
        budget = {(2 * runs + 1) * one / 2, (2 * in_trash + 1) * one / 2, newest};
    }

    TemporaryFolder folder;
    fs::path state = folder / "state";
    KeepingBudget budget;
    std::vector<TrashedRun> gone;
    RunConfig config = tiny_config();
    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    train::Session session{config, dataset, 1};
};

TEST_F(AutosavesTest, AllStayWithinTheBudget) {
    for (int i = 0; i < 40; ++i) keep();
    EXPECT_THAT(kept(), SizeIs(40));
    EXPECT_THAT(gone, IsEmpty());
}

TEST_F(AutosavesTest, NothingGoesForASaveThatKnowsNoBudget) {
    make_budget(1, 1, 1);
    for (int i = 0; i < 3; ++i) {
        const fs::path run = make_autosave_folder(state, config);
        io::save_run(run, session.checkpoint(), dataset.get());
        EXPECT_THAT(mark_as_newest(state, run), IsEmpty());
    }
    EXPECT_THAT(kept(), SizeIs(3));
}

TEST_F(AutosavesTest, ShortRunsDoNotPushOutALongOne) {
    make_budget(12, 100, 10);
    const fs::path hours = keep(36'000.0);
    for (int i = 0; i < 30; ++i) keep(7.0);
    EXPECT_NO_THROW(io::load_run(hours));
    EXPECT_THAT(kept(), SizeIs(12));
    EXPECT_THAT(gone, SizeIs(19));
    EXPECT_EQ(gone.front().what, "tiny-2, 7.0 s");
    EXPECT_NO_THROW(io::load_run(gone.front().folder));
}

TEST_F(AutosavesTest, WhatWasTrainedTheLeastGoesFirstAndTheNewestLast) {
    make_budget(4, 100, 2);
    keep(30.0);
    keep(10.0);
    keep(20.0);
    keep(1.0);
    keep(2.0);  // the fifth
    keep(3.0);
    keep(4.0);
    EXPECT_THAT(what_went(), ElementsAre("tiny-2, 10 s", "tiny-2, 1.0 s", "tiny-2, 2.0 s"));
}

TEST_F(AutosavesTest, TheOrderIsThatOfTheSavesWhateverTheClockSays) {
    make_budget(3, 100, 2);
    // Of a machine whose clock was years ahead.
    const fs::path ahead = state / "runs" / "2099-01-01_00-00-00-tiny-2";
    fs::create_directories(ahead);
    save_again(ahead, 5.0);
    const auto in_2099 = fs::last_write_time(ahead / "run.json") + std::chrono::hours(24 * 26'000);
    fs::last_write_time(ahead / "run.json", in_2099);
    std::vector<fs::path> runs(5);
    for (fs::path& run : runs) run = keep(5.0);
    EXPECT_FALSE(fs::exists(ahead)) << "it is the oldest";
    EXPECT_THAT(kept(), SizeIs(3));
    for (int i = 2; i < 5; ++i) EXPECT_NO_THROW(io::load_run(runs[i])) << i;
}

TEST_F(AutosavesTest, ASaveMakesARunTheNewest) {
    make_budget(2, 100, 1);
    const fs::path first = keep(5.0);
    const fs::path second = keep(5.0);
    save_again(first, 5.0);
    keep(5.0);
    EXPECT_FALSE(fs::exists(second)) << "saved before the first was saved again";
    EXPECT_NO_THROW(io::load_run(first));
}

TEST_F(AutosavesTest, NamedAndPinnedRunsStayAndTakeNoRoomFromOthers) {
    make_budget(2, 100, 1);
    std::vector<fs::path> dear;
    for (const char* marks : {R"({"name": "best"})", R"({"name": "", "pinned": true})",
                              R"({"name": "both", "pinned": true})"}) {
        dear.push_back(keep());
        std::ofstream(dear.back() / "session.json") << marks;
    }
    EXPECT_EQ(marks_of(dear[0]).name, "best");
    EXPECT_TRUE(marks_of(dear[1]).pinned);
    gone.clear();
    for (int i = 0; i < 6; ++i) keep();
    for (const fs::path& run : dear) EXPECT_NO_THROW(io::load_run(run));
    EXPECT_THAT(kept(), SizeIs(3 + 2));
}

TEST_F(AutosavesTest, MarksThatCannotBeReadAreNone) {
    const fs::path run = keep();
    for (const char* text : {"", "[1]", "{\"name\": 3, \"pinned\": \"yes\"}", "{\"name\""}) {
        std::ofstream(run / "session.json") << text;
        EXPECT_EQ(marks_of(run).name, "") << text;
        EXPECT_FALSE(marks_of(run).pinned) << text;
    }
    EXPECT_FALSE(marks_of(folder / "nowhere").pinned);
}

TEST_F(AutosavesTest, WhatAWindowIsTrainingStays) {
    make_budget(2, 100, 1);
    WindowMark other(state);
    const fs::path live = make_autosave_folder(state, config, &other);
    save_again(live, 0.5);
    for (int i = 0; i < 5; ++i) keep(5.0);
    EXPECT_NO_THROW(io::load_run(live));
    other.remove(live);
    keep(5.0);
    EXPECT_FALSE(fs::exists(live));
}

TEST_F(AutosavesTest, WhatThePersonTouchedStays) {
    make_budget(2, 100, 1);
    const fs::path renamed = state / "runs" / "my best";
    fs::rename(keep(), renamed);
    const fs::path noted = keep();
    std::ofstream(noted / "notes.txt") << "mine";
    const fs::path newer_version = keep();
    std::ofstream(newer_version / "run.json") << R"({"format": "elbow-run", "format_version": 9})";
    for (int i = 0; i < 8; ++i) {
        // As a save that was killed leaves it; nobody saves to this folder again.
        std::ofstream(keep() / ".model.safetensors.new.123-4") << "half";
    }
    EXPECT_NO_THROW(io::load_run(renamed));
    EXPECT_NO_THROW(io::load_run(noted));
    EXPECT_TRUE(fs::exists(newer_version));
    EXPECT_LE(kept().size(), 5U);
}

TEST_F(AutosavesTest, WhatComesBackFromTheTrashIsTheNewest) {
    make_budget(2, 100, 2);
    const fs::path first = keep(5.0);
    keep(6.0);
    keep(6.0);
    ASSERT_THAT(gone, SizeIs(1));
    EXPECT_EQ(bring_back(state, gone[0]), first);
    EXPECT_NO_THROW(io::load_run(first));
    EXPECT_THAT(trash(), IsEmpty());
    keep(7.0);
    EXPECT_NO_THROW(io::load_run(first)) << "others go before it";
    EXPECT_THROW(bring_back(state, gone[0]), Error) << "it is back already";
}

TEST_F(AutosavesTest, ARunThatComesBackReplacesNone) {
    make_budget(1, 100, 1);
    const fs::path first = keep(5.0);
    keep(6.0);
    ASSERT_THAT(gone, SizeIs(1));
    fs::create_directories(first);
    std::ofstream(first / "notes.txt") << "mine";
    const fs::path back = bring_back(state, gone[0]);
    EXPECT_NE(back, first);
    EXPECT_NO_THROW(io::load_run(back));
    EXPECT_TRUE(fs::exists(first / "notes.txt"));
}

TEST_F(AutosavesTest, TheTrashHasABudgetAndItsOldestGo) {
    make_budget(1, 2, 1);
    for (int i = 0; i < 6; ++i) keep(1.0 + i);
    EXPECT_THAT(kept(), SizeIs(1));
    ASSERT_THAT(trash(), SizeIs(2));
    EXPECT_THROW(bring_back(state, gone[0]), Error);
    EXPECT_NO_THROW(bring_back(state, gone[3]));
    EXPECT_NO_THROW(bring_back(state, gone[4]));
}

TEST_F(AutosavesTest, WhatWasThrownAwayJustNowCanBeBroughtBackHoweverLarge) {
    make_budget(1, 0, 1);
    const fs::path run = keep();
    std::ofstream(run / "notes.txt") << "mine";
    const TrashedRun thrown = throw_away(state, run, budget);
    EXPECT_FALSE(fs::exists(run));
    EXPECT_EQ(bring_back(state, thrown), run);
    EXPECT_TRUE(fs::exists(run / "notes.txt"));
}

TEST_F(AutosavesTest, LastRunIsALinkToTheNewest) {
    keep();
    const fs::path newest = keep();
    EXPECT_EQ(fs::canonical(state / "last-run"), fs::canonical(newest));
    fs::remove(state / "last-run");
    fs::create_directory(state / "last-run");
    std::ofstream(state / "last-run" / "notes.txt") << "mine";
    EXPECT_NO_THROW(keep()) << "what is in its place is moved to the runs";
    EXPECT_THAT(kept(), SizeIs(4));
}

TEST_F(AutosavesTest, TheOneRunOfAnEarlierVersionIsOneOfThem) {
    io::save_run(state / "last-run", session.checkpoint(), dataset.get());
    const fs::path run = keep();
    EXPECT_EQ(fs::canonical(state / "last-run"), fs::canonical(run));
    ASSERT_THAT(kept(), SizeIs(2));
    for (const fs::path& one : kept()) EXPECT_NO_THROW(io::load_run(one));
}

TEST_F(AutosavesTest, ANumberThatCannotBeReadIsNone) {
    const fs::path run = keep();
    EXPECT_GT(number_of(run), 0U);
    for (const char* text :
         {"", "{}", "{\"number\": -1}", "{\"number\": 18446744073709551615}", "3"}) {
        std::ofstream(run / "kept.json") << text;
        EXPECT_EQ(number_of(run), 0U) << text;
    }
    const fs::path next = keep();
    EXPECT_GT(number_of(next), 0U);
}

}  // namespace
}  // namespace elbow::gui
