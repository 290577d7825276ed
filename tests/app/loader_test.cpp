// Loading in the background, one request at a time.

#include "app/gui/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using test::comes_true;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

RunConfig config_of(const std::string& dataset) {
    RunConfig config;
    config.dataset = dataset;
    config.hidden = 8;
    return config;
}

class LoaderTest : public testing::Test {
  protected:
    Loader::Outcome outcome() {
        std::optional<Loader::Outcome> found;
        EXPECT_TRUE(comes_true([&] { return (found = loader.poll()).has_value(); }));
        return found.value_or(Loader::Outcome{});
    }

    TemporaryFolder folder;
    Loader loader{{folder.path()}};
};

TEST_F(LoaderTest, LoadsWhatIsDrawnInCode) {
    EXPECT_FALSE(loader.state().active);
    loader.start({config_of("shapes"), std::nullopt, false});
    EXPECT_TRUE(loader.state().active);
    const Loader::Outcome end = outcome();
    ASSERT_TRUE(end.loaded);
    EXPECT_EQ(end.loaded->dataset->name, "shapes");
    EXPECT_EQ(end.loaded->run, nullptr);
    EXPECT_FALSE(loader.state().active);
    EXPECT_FALSE(loader.poll()) << "an outcome is told once";
}

TEST_F(LoaderTest, SaysWhichDataSetIsNowhere) {
    loader.start({config_of("mnist"), std::nullopt, false});
    const Loader::Outcome end = outcome();
    EXPECT_FALSE(end.loaded);
    EXPECT_EQ(end.missing_dataset, "mnist");
    EXPECT_EQ(end.failure, "");
}

TEST_F(LoaderTest, SaysWhyARunCannotBeRead) {
    loader.start({config_of("shapes"), folder / "nowhere", false});
    const Loader::Outcome end = outcome();
    EXPECT_FALSE(end.loaded);
    EXPECT_THAT(end.failure, HasSubstr((folder / "nowhere").string()));
}

TEST_F(LoaderTest, ReadsARunThroughALinkToIt) {
    loader.start({config_of("shapes"), std::nullopt, false});
    const auto shapes = outcome().loaded->dataset;
    const train::Session session(config_of("shapes"), shapes, 1);
    io::save_run(folder / "run", session.checkpoint(), shapes.get());
    fs::create_directory_symlink("run", folder / "last-run");
    loader.start({config_of("mnist"), folder / "last-run", false});
    const Loader::Outcome end = outcome();
    ASSERT_TRUE(end.loaded) << end.failure;
    ASSERT_NE(end.loaded->run, nullptr);
    EXPECT_EQ(end.loaded->run->checkpoint.parameters, session.checkpoint().parameters);
    EXPECT_EQ(end.loaded->dataset->name, "shapes") << "the run's own, not that of the options";
}

TEST_F(LoaderTest, TheNewestWishCounts) {
    loader.start({config_of("shapes"), std::nullopt, false});
    loader.start({config_of("mnist"), std::nullopt, false});
    EXPECT_EQ(outcome().missing_dataset, "mnist");
}

TEST_F(LoaderTest, WhatIsCancelledIsNoFailure) {
    loader.start({config_of("shapes"), std::nullopt, false});
    loader.cancel();
    const Loader::Outcome end = outcome();
    EXPECT_FALSE(end.loaded);
    EXPECT_EQ(end.failure, "");
    EXPECT_EQ(end.missing_dataset, "");
}

}  // namespace
}  // namespace elbow::gui
