#include "engine/io/run_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "engine/core/error.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

class RunSummaryTest : public testing::Test {
  protected:
    void SetUp() override {
        for (int i = 0; i < 3; ++i) session.step();
        evaluation = session.evaluate();
        save_run(run, with_history(session.checkpoint(), {evaluation}), tiny.get(),
                 R"({"name": "mine"})");
    }
    std::string problem() const {
        try {
            load_summary(run);
            return {};
        } catch (const Error& error) {
            return error.what();
        }
    }

    TemporaryFolder folder;
    fs::path run = folder / "run";
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    train::Session session{test::tiny_config(), tiny, 1};
    train::EvaluationRecord evaluation;
};

TEST_F(RunSummaryTest, TellsWhatAListShows) {
    const RunSummary summary = load_summary(run);
    EXPECT_EQ(summary.config, test::tiny_config());
    EXPECT_EQ(summary.samples, 60);
    EXPECT_EQ(summary.dataset->held_out_images, tiny->held_out.count);
    ASSERT_TRUE(summary.newest);
    EXPECT_EQ(summary.newest->test_bound, evaluation.test_bound);
    EXPECT_EQ(summary.session, R"({"name": "mine"})");
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(run)) bytes += entry.file_size();
    EXPECT_EQ(summary.bytes, bytes);
    EXPECT_EQ(summary.saved_at, fs::last_write_time(run / "run.json"));
}

TEST_F(RunSummaryTest, SaysWhyAFolderIsNoRun) {
    fs::remove(run / "model.safetensors");
    EXPECT_THAT(problem(), HasSubstr("no model.safetensors"));
    fs::remove_all(run);
    EXPECT_THAT(problem(), HasSubstr("does not exist"));
    fs::create_directory(run);
    EXPECT_THAT(problem(), HasSubstr("no run.json"));
    std::ofstream(run / "run.json") << "{}";
    EXPECT_NE(problem(), "");
}

TEST_F(RunSummaryTest, ARunIsCopiedWholeAndAlone) {
    std::ofstream(run / "notes.txt") << "mine";
    copy_run(run, folder / "copies" / "one");
    EXPECT_EQ(load_run(folder / "copies" / "one").checkpoint.parameters,
              session.checkpoint().parameters);
    EXPECT_EQ(load_session(folder / "copies" / "one"), R"({"name": "mine"})");
    EXPECT_FALSE(fs::exists(folder / "copies" / "one" / "notes.txt"));
    EXPECT_THROW(copy_run(run, folder / "copies" / "one"), Error) << "nothing is written over";
    EXPECT_NO_THROW(load_run(folder / "copies" / "one"));
}

TEST_F(RunSummaryTest, OfABrokenRunNoCopyStays) {
    fs::remove(run / "metrics.csv");
    EXPECT_THROW(copy_run(run, folder / "copy"), Error);
    EXPECT_FALSE(fs::exists(folder / "copy"));
}

}  // namespace
}  // namespace elbow::io
