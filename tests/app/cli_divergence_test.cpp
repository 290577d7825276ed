// What the command line says and leaves where a training diverges.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Arguments;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_with;
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

double saved_bound(const fs::path& run) {
    const ChildResult result = elbow_with({"eval", run.string(), "--json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json_of(result.out).at("test_bound").number();
}

Arguments sgd_training(const Arguments& more) {
    Arguments arguments =
        small_training({"--preset", "plain", "--optimizer", "sgd", "--weight-prior", "off"});
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(CliDivergence, IsAFailureThatKeepsWhatWasLearnt) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e4", "--json", "--out", run.string()}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr("smaller step size"), HasSubstr(run.string())));
    const double untrained = json_lines(result.out).front().at("test_bound").number();
    EXPECT_GE(saved_bound(run), untrained);
}

TEST(CliDivergence, SaysHowToGoOnInWordsThatAShellTakes) {
    const TemporaryFolder folder;
    const fs::path run = folder / "it's a run";
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e4", "--json", "--out", run.string()}));
    ASSERT_EQ(result.exit_code, 1);
    const std::size_t begin = result.err.find("elbow train --resume");
    ASSERT_NE(begin, std::string::npos) << result.err;
    std::string line = result.err.substr(begin, result.err.find('\n', begin) - begin);
    EXPECT_THAT(line, HasSubstr("--step-size 5"));
    line.replace(0, 5, command_line({}).front());
    line.resize(line.find("--step-size"));
    const ChildResult on =
        ChildProcess({"/bin/sh", "-c", line + "--step-size 1e-4 --samples 200"}).wait();
    EXPECT_EQ(on.exit_code, 0) << on.err;
    EXPECT_EQ(io::load_run(run).checkpoint.changes.back().value, "1e-04");
}

TEST(CliDivergence, WithoutASaveThereIsNothingToGoOnFrom) {
    const ChildResult result = elbow_with(sgd_training({"--step-size", "10", "--samples", "2e4"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(Not(HasSubstr("--resume")), HasSubstr("Start again"),
                                  HasSubstr("--step-size 5")));
}

TEST(CliDivergence, LeavesTheGoodSaveOfTheRunThatWentOn) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    const ChildResult good = elbow_with(
        sgd_training({"--step-size", "1e-3", "--samples", "2e4", "--out", run.string()}));
    ASSERT_EQ(good.exit_code, 0) << good.err;
    const double bound = saved_bound(run);
    for (const char* samples : {"200", "2e4"}) {  // ends with finite weights, and with none
        const ChildResult result = elbow_with({"train", "--resume", run.string(), "--threads", "1",
                                               "--samples", samples, "--step-size", "5"});
        EXPECT_EQ(result.exit_code, 1) << samples;
        EXPECT_THAT(result.err, AllOf(HasSubstr("good save"), HasSubstr(run.string()),
                                      HasSubstr("smaller step size")));
        EXPECT_EQ(saved_bound(run), bound);
        EXPECT_EQ(io::load_run(run).checkpoint.samples, 20'000);
    }
}

TEST(CliDivergence, LeavesTheRunThatWasToBeReplaced) {
    const TemporaryFolder folder;
    const fs::path run = folder / "run";
    ASSERT_EQ(elbow_with(small_training({"--samples", "2e3", "--out", run.string()})).exit_code, 0);
    const ChildResult result = elbow_with(
        sgd_training({"--step-size", "10", "--samples", "2e3", "--out", run.string(), "--force"}));
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr("was not replaced"));
    EXPECT_NE(io::load_run(run).checkpoint.config.optimizer, "sgd");
}

}  // namespace
}  // namespace elbow
