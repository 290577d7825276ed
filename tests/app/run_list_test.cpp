// Which runs are listed, what is said of them, in which order, and which a search leaves.

#include "app/gui/runs/run_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "app/gui/run_session.h"
#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;

class RunListTest : public testing::Test {
  protected:
    void save(const fs::path& run, const std::string& name = "", bool pinned = false) {
        train::Session session(test::tiny_config(), tiny, 1);
        session.step();
        io::save_run(run, with_history(session.checkpoint(), {session.evaluate()}), tiny.get(),
                     session_text({name, pinned, std::nullopt, std::nullopt}));
    }
    std::vector<RunEntry> found() { return find_runs(places, progress); }
    RunEntry only() {
        const std::vector<RunEntry> entries = found();
        EXPECT_THAT(entries, SizeIs(1));
        return entries.empty() ? RunEntry{} : entries.front();
    }

    TemporaryFolder folder;
    RunPlaces places{folder / "kept", folder / "saved", {}};
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    Progress progress;
};

TEST_F(RunListTest, TellsWhatARunIs) {
    save(places.kept / "2026-01-01_10-00-00-tiny-2");
    const RunEntry entry = only();
    EXPECT_EQ(entry.problem, "");
    EXPECT_EQ(entry.place, RunPlace::kAutosaved);
    EXPECT_EQ(entry.name, "2026-01-01_10-00-00-tiny-2");
    EXPECT_EQ(entry.dataset, tiny->title);
    EXPECT_EQ(entry.model, "2 latents");
    EXPECT_EQ(entry.samples, 20);
    EXPECT_TRUE(std::isfinite(entry.score));
    EXPECT_THAT(entry.score_of, HasSubstr("grey targets"));
    EXPECT_THAT(entry.score_of, HasSubstr(std::to_string(tiny->held_out.count) + " images"));
    EXPECT_GT(entry.bytes, 1000U);
    EXPECT_EQ(entry.day.size(), 10U);
}

TEST_F(RunListTest, CallsARunAsThePersonDoes) {
    save(places.saved / "one", "Zeros and ones", true);
    const RunEntry entry = only();
    EXPECT_EQ(entry.name, "Zeros and ones");
    EXPECT_TRUE(entry.named);
    EXPECT_TRUE(entry.pinned);
    EXPECT_EQ(entry.place, RunPlace::kSaved);
    io::replace_session(places.saved / "one", "damaged");
    EXPECT_EQ(only().name, "one");
    EXPECT_EQ(only().problem, "") << "a session is never the reason that a run does not open";
}

TEST_F(RunListTest, ListsEachFolderOnce) {
    save(places.kept / "a");
    save(places.saved / "b");
    save(folder / "elsewhere");
    fs::create_directory_symlink(places.kept / "a", folder / "last-run");
    places.opened = {folder / "last-run", folder / "elsewhere", places.saved / "b",
                     folder / "elsewhere"};
    std::vector<std::string> names;
    for (const RunEntry& entry : found()) names.push_back(entry.name);
    EXPECT_THAT(names, ::testing::UnorderedElementsAre("a", "b", "elsewhere"));
}

TEST_F(RunListTest, SaysWhatIsWrongWithAFolder) {
    save(places.kept / "damaged");
    std::ofstream(places.kept / "damaged" / "run.json") << "{";
    fs::create_directories(places.kept / "being-made");
    fs::create_directories(places.kept / ".copying");
    std::ofstream(places.kept / ".copying" / "run.json") << "{";
    std::ofstream(places.kept / "a file") << "{";
    places.opened = {folder / "gone"};
    const std::vector<RunEntry> entries = found();
    ASSERT_THAT(entries, SizeIs(2));
    EXPECT_THAT(entries[0].problem, HasSubstr("not JSON"));
    EXPECT_THAT(entries[1].problem, HasSubstr("does not exist"));
    EXPECT_EQ(entries[1].day, "");
}

TEST_F(RunListTest, NoFoldersAreNoRuns) { EXPECT_THAT(found(), IsEmpty()); }

TEST_F(RunListTest, EndsWhenNobodyWaitsForIt) {
    save(places.kept / "a");
    progress.cancel();
    EXPECT_THROW(found(), Cancelled);
}

class ShownRuns : public testing::Test {
  protected:
    ShownRuns() {
        add("Zeros", "MNIST", 2, -100.0, 3000);
        add("faces", "Frey Face", 20, 500.0, 1000);
        add("autoencoder", "MNIST", 2, std::nan(""), 2000);
        add("broken", "", 0, 0.0, 9000);
        entries.back().problem = "it is not JSON";
    }
    void add(const std::string& name, const std::string& dataset, int latents, double score,
             std::int64_t samples) {
        RunEntry entry;
        entry.name = name;
        entry.dataset = dataset;
        entry.latents = latents;
        entry.model = std::to_string(latents) + " latents";
        entry.score = score;
        entry.samples = samples;
        entry.saved_at += std::chrono::hours(entries.size());
        entries.push_back(entry);
    }
    std::vector<std::string> names(const std::string& search, RunOrder order) const {
        std::vector<std::string> shown;
        for (const std::size_t i : shown_runs(entries, search, order))
            shown.push_back(entries[i].name);
        return shown;
    }
    std::vector<RunEntry> entries;
};

TEST_F(ShownRuns, ComeNewestFirst) {
    EXPECT_THAT(names("", {}), ElementsAre("broken", "autoencoder", "faces", "Zeros"));
}

TEST_F(ShownRuns, AreSortedByAColumnAndWithoutAValueComeLast) {
    EXPECT_THAT(names("", {RunColumn::kName, false}),
                ElementsAre("autoencoder", "broken", "faces", "Zeros"));
    EXPECT_THAT(names("", {RunColumn::kScore, true}),
                ElementsAre("faces", "Zeros", "autoencoder", "broken"));
    EXPECT_THAT(names("", {RunColumn::kScore, false}),
                ElementsAre("Zeros", "faces", "autoencoder", "broken"));
    EXPECT_THAT(names("", {RunColumn::kImages, false}),
                ElementsAre("faces", "autoencoder", "Zeros", "broken"));
}

TEST_F(ShownRuns, PinnedOnesComeFirst) {
    entries[1].pinned = true;
    EXPECT_EQ(names("", {}).front(), "faces");
    EXPECT_EQ(names("", {RunColumn::kScore, false}).front(), "faces");
}

TEST_F(ShownRuns, AreThoseInWhichEachWordStands) {
    EXPECT_THAT(names("mnist", {}), ElementsAre("autoencoder", "Zeros"));
    EXPECT_THAT(names("  MNIST  zero ", {}), ElementsAre("Zeros"));
    EXPECT_THAT(names("20 face", {}), ElementsAre("faces"));
    EXPECT_THAT(names("nothing", {}), IsEmpty());
}

}  // namespace
}  // namespace elbow::gui
