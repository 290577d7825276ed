#include "engine/core/process.h"

#include <gtest/gtest.h>

#include <chrono>

#include "engine/core/error.h"
#include "engine/core/progress.h"

namespace elbow {
namespace {

TEST(Process, GetsItsArgumentsAsTheyAre) {
    const ProcessResult result = run_process({{"printf", "%s|%s", "a b; $HOME", "*"}, {}, {}});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.standard_output, "a b; $HOME|*");
}

TEST(Process, ThatFailsIsAResult) {
    const ProcessResult result = run_process({{"sh", "-c", "echo why >&2; exit 7"}, {}, {}});
    EXPECT_EQ(result.exit_code, 7);
    EXPECT_EQ(result.standard_error, "why\n");
}

TEST(Process, EndedByASignalSaysWhich) {
    EXPECT_EQ(run_process({{"sh", "-c", "kill -9 $$"}, {}, {}}).exit_code, 128 + 9);
}

TEST(Process, RunsInTheFolderAsked) {
    EXPECT_EQ(run_process({{"pwd"}, "/usr", {}}).standard_output, "/usr\n");
}

TEST(Process, ReadsNothingFromTheTerminal) {
    EXPECT_EQ(run_process({{"cat"}, {}, {}}).standard_output, "");
}

TEST(Process, ThatDoesNotExistIsAnError) {
    try {
        run_process({{"no-such-program-anywhere"}, {}, {}});
        FAIL() << "no Error was thrown";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("no-such-program-anywhere"), std::string::npos);
    }
}

TEST(Process, KeepsTheEndOfALongOutput) {
    const ProcessResult result =
        run_process({{"sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo end"}, {}, {}});
    EXPECT_EQ(result.standard_output.size(), 64U * 1024U);
    EXPECT_EQ(result.standard_output.substr(64 * 1024 - 4), "end\n");
}

TEST(Process, IsEndedWithItsChildrenOnRequest) {
    const auto start = std::chrono::steady_clock::now();
    int polls = 0;
    // The inner sleep would hold the pipes open if it were left running.
    EXPECT_THROW(run_process({{"sh", "-c", "sleep 30 & sleep 30"},
                              {},
                              [&] {
                                  if (++polls == 3) throw Cancelled();
                              }}),
                 Cancelled);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Process, IsNotWaitedForLongerBecauseOfWhatItLeftRunning) {
    const auto start = std::chrono::steady_clock::now();
    const ProcessResult result = run_process({{"sh", "-c", "sleep 25 & echo done"}, {}, {}});
    EXPECT_EQ(result.standard_output, "done\n");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Process, IsFoundInThePath) {
    EXPECT_TRUE(find_program("sh").has_value());
    EXPECT_FALSE(find_program("no-such-program-anywhere").has_value());
}

TEST(Process, LastLineSkipsEmptyOnes) {
    EXPECT_EQ(last_line("first\nlast\n\n  \n"), "last");
    EXPECT_EQ(last_line(""), "");
}

}  // namespace
}  // namespace elbow
