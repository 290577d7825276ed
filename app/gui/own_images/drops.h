#pragma once

// Who what was dropped on the window is meant for. Files are looked into for that, on a thread of
// its own. GUI thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "engine/core/task.h"

namespace elbow::gui {

struct SortedDrop {
    std::vector<std::filesystem::path> pictures;  // one each, for the canvas
    std::vector<std::filesystem::path> tables;    // a line for each held-out image
    std::vector<std::filesystem::path> codes;     // an npz of codes
    std::vector<std::filesystem::path> runs;      // a saved run's folder, or a file in one
    std::vector<std::filesystem::path> images;    // what may become a data set
};

// Reads the first bytes of files. For any thread.
SortedDrop sorted_drop(const std::vector<std::filesystem::path>&);

class Drops {
  public:
    void take(std::vector<std::filesystem::path>);
    // Once a frame: what was dropped, once.
    std::optional<SortedDrop> poll();

  private:
    std::vector<std::filesystem::path> waiting_;
    std::unique_ptr<Task<SortedDrop>> task_;
};

}  // namespace elbow::gui
