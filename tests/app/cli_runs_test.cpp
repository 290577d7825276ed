// Options of the program that name what is not there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/engine/data/idx_files.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using data::Environment;
using data::TemporaryFolder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::Arguments;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::small_training;

class CliRuns : public ::testing::Test {
  protected:
    std::string in(const std::string& name) const { return (folder.path() / name).string(); }
    static void expect_refused(const Arguments& arguments, const std::string& why) {
        const ChildResult result = elbow_with(arguments);
        EXPECT_EQ(result.exit_code, 1) << why;
        EXPECT_THAT(result.err, AllOf(HasSubstr("elbow: "), HasSubstr(why)));
        EXPECT_THAT(result.out, IsEmpty());
    }

    TemporaryFolder folder;
    std::string run = in("run");
};

// Small sets in MNIST's format, as a run's data.
class CliData : public CliRuns {
  protected:
    static Arguments on(const std::string& data, const Arguments& more) {
        Arguments arguments = {"train", "--dataset", "mnist", "--data-dir", data, "--hidden",
                               "4",     "--batch",   "2",     "--samples",  "20"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
};

TEST_F(CliData, AFolderThatIsNamedIsUsedOrRefused) {
    data::write_small_set(in("full/mnist"));
    fs::create_directory(in("empty"));
    const Environment variable("ELBOW_DATA", in("full"));
    const std::string why = "MNIST was not found. Looked in:\n  " + in("empty");
    ASSERT_EQ(elbow_with(on(in("full"), {"--out", run})).exit_code, 0);
    expect_refused(on(in("empty"), {}), why);
    expect_refused({"eval", run, "--data-dir", in("empty")}, why);
    expect_refused({"interpolate", run, "--data-dir", in("empty"), "--from", "0", "--to", "1",
                    "--frames", "2", "-o", in("a.png")},
                   why);
    expect_refused({"gui", "--dataset", "mnist", "--data-dir", in("empty")}, why);
    expect_refused({"gui", run, "--data-dir", in("empty")}, why);
    expect_refused({"reproduce", "fig2", "--models", "mnist-2", "--data-dir", in("empty"),
                    "--samples", "20000", "--out", in("figure")},
                   why);
    const ChildResult list = elbow_with({"data", "list", "--data-dir", in("empty")});
    EXPECT_THAT(list.out, HasSubstr("elbow data fetch mnist --data-dir '" + in("empty") + "'"));
    EXPECT_EQ(elbow_with({"data", "list", "--data-dir", ""}).exit_code, 2);
}

TEST_F(CliRuns, OptionsThatNameFilesAreMetOrRefused) {
    const std::string in_no_folder = in("no/file");
    for (const char* option : {"--frame-log", "--start-log", "--layout-log", "--screenshot"}) {
        expect_refused({"gui", option, in_no_folder}, std::string(option) + ": '" + in_no_folder);
        expect_refused({"gui", option, in(".")}, std::string(option) + ": '");
    }
    expect_refused(small_training({"--start-log", in_no_folder}), in_no_folder);
    expect_refused({"train", "--repeat", in("no run")}, in("no run"));
    expect_refused({"gui", in("no run")}, in("no run"));
}

}  // namespace
}  // namespace elbow
