#pragma once

// Runs this program again as a process of its own, to measure what only a whole start can show.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/core/json.h"
#include "engine/core/process.h"

namespace elbow::bench {

// A temporary folder, removed with the object. Throws Error if none can be made.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

// Runs `elbow ARGUMENTS`; poll as in ProcessRequest. If it fails, throws Error with its output.
ProcessResult run_elbow(const std::vector<std::string>& arguments,
                        const std::function<void()>& poll);

// The same, until `poll` throws Seen: then it is ended, and that is no failure.
struct Seen {};
void run_elbow_until_seen(const std::vector<std::string>& arguments,
                          const std::function<void()>& poll);

// What a start log tells so far, by event; seconds of the machine's steady clock.
std::map<std::string, double> read_events(const std::filesystem::path&);

// What it printed on its last line with --json. Throws Error where that is not JSON.
Json json_of_last_line(const ProcessResult&);

}  // namespace elbow::bench
