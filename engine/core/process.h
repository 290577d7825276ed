#pragma once

// Settings of this process, and running another program and waiting for it: without a shell, so
// arguments reach it unchanged. Belongs to the calling thread. When the caller wants to stop, the
// program and everything it has started end, too.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace elbow {

inline constexpr std::size_t kKeptOutputBytes = 64 * 1024;

struct ProcessRequest {
    std::vector<std::string> arguments;  // [0] is the program, looked for in $PATH
    std::filesystem::path folder;        // where it runs; empty: here
    // Called about twenty times a second. What it throws ends the program and is passed on, so that
    // a cancelled download leaves nothing running.
    std::function<void()> poll;
    std::optional<std::vector<std::uint8_t>> input = {};  // what it reads; absent: nothing
    std::size_t kept_bytes = kKeptOutputBytes;            // of what it prints, the last ones
};

struct ProcessResult {
    int exit_code = 0;            // 128 + the signal's number where a signal ended it
    std::string standard_output;  // the last kept_bytes
    std::string standard_error;   // the last 64 KiB
};

// Throws Error where the program cannot be started; a failing program is a result, not an error.
ProcessResult run_process(const ProcessRequest&);

// A program that is fed while it runs, with more than the memory would hold at once.
class FedProcess {
  public:
    // Throws Error where it cannot be started. poll: as above.
    explicit FedProcess(const std::vector<std::string>& arguments, std::function<void()> poll = {});
    ~FedProcess();  // ends it
    FedProcess(const FedProcess&) = delete;
    FedProcess& operator=(const FedProcess&) = delete;

    // Waits while it has enough to read. False where it reads no more: finish() says what it said.
    // Needs make_lost_writes_errors().
    bool write(std::span<const std::uint8_t>);
    // The end of what it reads; waits for its own end. Once.
    ProcessResult finish();

  private:
    struct Running;
    std::unique_ptr<Running> running_;
    std::function<void()> poll_;
};

// Before anything else in main(): standard streams that are closed are opened on /dev/null, so that
// no file or socket that is opened later takes their numbers and is written to as if it were the
// terminal; standard output so that writing to it still fails.
void open_closed_standard_streams();

// From now on a write to a pipe that nobody reads, or past the limit on the size of a file, is an
// error to be told instead of the end of the program. Programs that run_process() starts have the
// signals as usual.
void make_lost_writes_errors();

// Where $PATH has a program of this name; absent where it has none.
std::optional<std::filesystem::path> find_program(const std::string& name);

// The last line of text that is not empty, for messages about a program that failed.
std::string last_line(const std::string& text);

}  // namespace elbow
