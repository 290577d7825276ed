#pragma once

// The program that was built, and short trainings with it.

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "tests/app/child_process.h"

namespace elbow::testing_support {

using Arguments = std::vector<std::string>;

inline Arguments command_line(const Arguments& arguments) {
    const auto tests = std::filesystem::read_symlink("/proc/self/exe").parent_path();
    Arguments line = {(tests / "elbow").string()};
    line.insert(line.end(), arguments.begin(), arguments.end());
    return line;
}

inline ChildResult elbow_with(const Arguments& arguments) {
    return ChildProcess(command_line(arguments)).wait();
}

// As /bin/sh takes it: `redirections` stand behind the command, `before` before it ("ulimit -n 9").
inline ChildResult elbow_in_shell(const Arguments& arguments, const std::string& redirections,
                                  const std::string& before = ":") {
    Arguments line = {"/bin/sh", "-c", before + "; exec \"$0\" \"$@\" " + redirections};
    for (const std::string& each : command_line(arguments)) line.push_back(each);
    return ChildProcess(line).wait();
}

// A training that takes a moment, on images that need no files.
inline Arguments small_training(const Arguments& more) {
    Arguments arguments = {"train",     "--dataset", "shapes", "--hidden", "16",
                           "--threads", "1",         "--seed", "7"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

// Throws where the text is not JSON.
inline Json json_of(const std::string& text) { return parse_json(text).value(); }

inline std::vector<Json> json_lines(const std::string& text) {
    std::vector<Json> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(json_of(line));
    return lines;
}

inline std::string bytes_of(const std::filesystem::path& path) {
    const auto bytes = read_file(path);
    return {bytes.begin(), bytes.end()};
}

}  // namespace elbow::testing_support
