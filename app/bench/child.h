#pragma once

// This program once more, as a process of its own: for what only a whole start can show.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/process.h"

namespace elbow::bench {

// A folder in the place for temporary files, gone with the object. Throws Error where none can be
// made.
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

// `elbow ARGUMENTS`; poll as in ProcessRequest. Throws Error with what it said where it fails.
ProcessResult run_elbow(const std::vector<std::string>& arguments,
                        const std::function<void()>& poll);

}  // namespace elbow::bench
