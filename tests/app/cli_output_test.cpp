// Where the program's output goes, and what it says where it cannot go there.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using testing_support::Arguments;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::elbow_in_shell;
using testing_support::elbow_with;
using testing_support::small_training;
using testing_support::TemporaryFolder;

// What prints and then ends.
std::vector<Arguments> printing_commands() {
    return {{"--help"},
            {"--version"},
            {"train", "--help"},
            {"data", "list", "--help"},
            {"data", "list"},
            {"data", "list", "--json"},
            small_training({"--samples", "100"}),
            small_training({"--samples", "100", "--json"})};
}

TEST(CliOutput, ThatIsLostIsAFailure) {
    for (const Arguments& command : printing_commands()) {
        const ChildResult full = elbow_in_shell(command, ">/dev/full");
        EXPECT_EQ(full.exit_code, 1) << command.back();
        EXPECT_THAT(full.err, AllOf(HasSubstr("elbow: Cannot write to the standard output"),
                                    HasSubstr("No space left"), HasSubstr("Make room")));
        const ChildResult closed = elbow_in_shell(command, ">&-");
        EXPECT_EQ(closed.exit_code, 1) << command.back();
        EXPECT_THAT(closed.err, AllOf(HasSubstr("elbow: Cannot write to the standard output"),
                                      HasSubstr("is closed")));
    }
}

TEST(CliOutput, ThatNobodyReadsIsAQuietEnd) {
    for (const Arguments& command : printing_commands()) {
        ChildProcess program(command_line(command));
        program.close_output();
        const ChildResult result = program.wait();
        EXPECT_EQ(result.exit_code, 0) << command.back();
        EXPECT_THAT(result.err, Not(HasSubstr("elbow: "))) << command.back();
    }
}

// A file that is opened later must not take the number of a closed stream: messages and bars would
// go into it.
TEST(CliOutput, GoesIntoNoOtherFileWhereStreamsAreClosed) {
    const TemporaryFolder folder;
    for (const char* closed : {"<&-", "2>&-", "<&- 2>&-"}) {
        const std::string run = (folder / (std::string("run ") + closed)).string();
        const ChildResult result =
            elbow_in_shell(small_training({"--samples", "200", "--json", "--out", run}), closed);
        EXPECT_EQ(result.exit_code, 0) << closed;
        EXPECT_EQ(elbow_with({"eval", run}).exit_code, 0) << closed;
    }
    // The message of a wrong use has nowhere to go, and its exit code says it all the same.
    EXPECT_EQ(elbow_in_shell({"explode"}, "<&- >&- 2>&-").exit_code, 2);
}

TEST(CliOutput, PastTheLimitOnTheSizeOfAFileIsAnErrorThatLeavesNothing) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    ASSERT_EQ(elbow_with(small_training({"--samples", "200", "--out", run})).exit_code, 0);
    const fs::path picture = folder / "picture.png";
    const ChildResult result = elbow_in_shell(
        {"sample", run, "--count", "100", "-o", picture.string()}, "", "ulimit -f 1");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr(picture.string()), HasSubstr("ulimit -f")));
    for (const auto& entry : fs::directory_iterator(folder.path()))
        EXPECT_EQ(entry.path(), fs::path(run));
    const ChildResult list =
        elbow_in_shell({"train", "--help"}, ">'" + (folder / "help").string() + "'", "ulimit -f 1");
    EXPECT_EQ(list.exit_code, 1);
    EXPECT_THAT(list.err, HasSubstr("Cannot write to the standard output"));
}

TEST(CliOutput, OfAPictureMayGoDownAPipe) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    ASSERT_EQ(elbow_with(small_training({"--samples", "200", "--out", run})).exit_code, 0);
    const fs::path file = folder / "picture.png";
    for (Arguments command : {Arguments{"sample", run, "--grid", "3"},
                              Arguments{"interpolate", run, "--from", "0", "--to", "1"}}) {
        Arguments to_file = command;
        to_file.insert(to_file.end(), {"-o", file.string()});
        ASSERT_EQ(elbow_with(to_file).exit_code, 0);
        command.insert(command.end(), {"-o", "-"});
        const ChildResult result = elbow_with(command);
        EXPECT_EQ(result.exit_code, 0) << result.err;
        const auto bytes = read_file(file);
        EXPECT_EQ(result.out, std::string(bytes.begin(), bytes.end()));
        EXPECT_THAT(result.err, HasSubstr("standard output"));
        EXPECT_FALSE(fs::exists("-"));
        const ChildResult full = elbow_in_shell(command, ">/dev/full");
        EXPECT_EQ(full.exit_code, 1);
        EXPECT_THAT(full.err, HasSubstr("No space left"));
    }
}

TEST(CliOutput, DashIsNoNameOfAFolder) {
    const std::vector<Arguments> commands = {small_training({"--samples", "100", "--out", "-"}),
                                             {"train", "--resume", "-"},
                                             {"reproduce", "fig2", "--out", "-"},
                                             {"eval", "-"},
                                             {"gui", "--screenshot", "-"}};
    for (const Arguments& command : commands) {
        const ChildResult result = elbow_with(command);
        EXPECT_EQ(result.exit_code, 2) << command.front();
        EXPECT_THAT(result.err, HasSubstr("'./-'")) << command.front();
        EXPECT_THAT(result.out, IsEmpty());
        EXPECT_FALSE(fs::exists("-"));
    }
}

// Words, whatever it is that the system has no more of.
TEST(CliOutput, SaysWhatTheSystemHasNoMoreOf) {
    bool said = false;  // with the fewest files the loader of programs speaks for elbow
    for (int files = 3; files < 20; ++files) {
        const ChildResult result =
            elbow_in_shell(small_training({"--samples", "100", "--out", "run"}), "",
                           "ulimit -n " + std::to_string(files));
        if (result.exit_code == 0) break;
        EXPECT_THAT(result.err, Not(IsEmpty())) << files;
        said = said || result.err.find("raise the limit on open files") != std::string::npos;
    }
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace elbow
