#pragma once

// Runs another program and waits for it: no shell, so arguments reach it as they are. Belongs to
// the thread that calls; the program and whatever it starts end with it when the caller wants to
// stop.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace elbow {

struct ProcessRequest {
    std::vector<std::string> arguments;  // [0] is the program, looked for in $PATH
    std::filesystem::path folder;        // where it runs; empty: here
    // Called about twenty times a second. What it throws ends the program and is passed on, so that
    // a cancelled download leaves nothing running.
    std::function<void()> poll;
};

struct ProcessResult {
    int exit_code = 0;            // 128 + the signal's number where a signal ended it
    std::string standard_output;  // the last 64 KiB
    std::string standard_error;   // the last 64 KiB
};

// Throws Error where the program cannot be started; a failing program is a result, not an error.
ProcessResult run_process(const ProcessRequest&);

// Where $PATH has a program of this name; absent where it has none.
std::optional<std::filesystem::path> find_program(const std::string& name);

// The last line of text that is not empty, for messages about a program that failed.
std::string last_line(const std::string& text);

}  // namespace elbow
