#include "engine/core/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <functional>

#include "engine/core/error.h"
#include "engine/core/progress.h"

namespace elbow {
namespace {

// In a process of its own, which ends with the exit code that `act` returns.
int exit_code_of(const std::function<int()>& act) {
    const pid_t child = fork();
    if (child == 0) _exit(act());
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST(Process, ClosedStandardStreamsAreOpenedOnNothing) {
    EXPECT_EQ(exit_code_of([] {
                  for (int number = 0; number < 3; ++number) close(number);
                  open_closed_standard_streams();
                  char byte = 0;
                  const bool reads_end = read(STDIN_FILENO, &byte, 1) == 0;
                  const bool output_fails = write(STDOUT_FILENO, "x", 1) < 0 && errno == EBADF;
                  const bool messages_go = write(STDERR_FILENO, "x", 1) == 1;
                  const bool others_are_free = open("/dev/null", O_RDONLY) > 2;
                  return reads_end && output_fails && messages_go && others_are_free ? 0 : 1;
              }),
              0);
}

TEST(Process, OpenStandardStreamsStayAsTheyAre) {
    EXPECT_EQ(exit_code_of([] {
                  int ends[2];
                  if (pipe(ends) != 0) return 2;
                  dup2(ends[1], STDOUT_FILENO);
                  close(STDIN_FILENO);
                  open_closed_standard_streams();
                  char byte = 0;
                  return write(STDOUT_FILENO, "x", 1) == 1 && read(ends[0], &byte, 1) == 1 ? 0 : 1;
              }),
              0);
}

TEST(Process, LostWritesAreErrorsForUsAndSignalsForOthers) {
    EXPECT_EQ(exit_code_of([] {
                  make_lost_writes_errors();
                  int ends[2];
                  if (pipe(ends) != 0) return 2;
                  close(ends[0]);
                  if (write(ends[1], "x", 1) >= 0 || errno != EPIPE) return 1;
                  return run_process({{"sh", "-c", "kill -PIPE $$"}, {}, {}}).exit_code ==
                                     128 + SIGPIPE &&
                                 run_process({{"sh", "-c", "kill -XFSZ $$"}, {}, {}}).exit_code ==
                                     128 + SIGXFSZ
                             ? 0
                             : 3;
              }),
              0);
}

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

TEST(Process, KeepsAsMuchOfItsOutputAsIsAskedFor) {
    ProcessRequest request;
    request.arguments = {"head", "-c", "300000", "/dev/zero"};
    request.kept_bytes = 1 << 20;
    EXPECT_EQ(run_process(request).standard_output.size(), 300000u);
    request.kept_bytes = 1000;
    EXPECT_EQ(run_process(request).standard_output.size(), 1000u);
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

TEST(Process, ReadsWhatItIsGiven) {
    std::vector<std::uint8_t> bytes(3'000'000);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * i / 7);
    ProcessRequest request;
    request.arguments = {"wc", "-c"};
    request.input = bytes;
    EXPECT_EQ(run_process(request).standard_output, "3000000\n");
    request.arguments = {"tail", "-c", "3"};
    const std::string end = run_process(request).standard_output;
    EXPECT_EQ(std::vector<std::uint8_t>(end.begin(), end.end()),
              std::vector<std::uint8_t>(bytes.end() - 3, bytes.end()));
    request.arguments = {"true"};  // reads nothing, and nobody waits for it
    EXPECT_EQ(run_process(request).exit_code, 0);
    request.arguments = {"cat"};
    request.input.emplace();
    EXPECT_EQ(run_process(request).standard_output, "");
    request.input.reset();
    EXPECT_EQ(run_process(request).standard_output, "");
}

TEST(FedProcess, IsFedMoreThanAPipeHolds) {
    FedProcess process({"wc", "-c"});
    const std::vector<std::uint8_t> piece(100'000, 'x');
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(process.write(piece));
    const ProcessResult result = process.finish();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(last_line(result.standard_output), "5000000");
}

TEST(FedProcess, SaysThatItReadsNoMore) {
    EXPECT_EQ(exit_code_of([] {
                  make_lost_writes_errors();
                  FedProcess process({"sh", "-c", "echo enough >&2; exit 3"});
                  const std::vector<std::uint8_t> piece(100'000, 'x');
                  if (process.write(piece) && process.write(piece)) return 1;
                  const ProcessResult result = process.finish();
                  return result.exit_code == 3 && last_line(result.standard_error) == "enough" ? 0
                                                                                               : 2;
              }),
              0);
}

TEST(FedProcess, CanBeStoppedWhileItDoesNotRead) {
    Progress progress;
    FedProcess process({"sleep", "600"}, [&] { progress.throw_if_cancelled(); });
    progress.cancel();
    EXPECT_THROW(process.write(std::vector<std::uint8_t>(1'000'000)), Cancelled);
}

}  // namespace
}  // namespace elbow
