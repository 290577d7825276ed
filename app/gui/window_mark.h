#pragma once

// A file below <state>/windows that says which kept runs this window is training, locked for as
// long as the window lives. Other windows leave these runs alone; a mark that nobody locks is of a
// window that did not end as it should, and its runs were interrupted. Any thread.

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/core/file_lock.h"

namespace elbow::gui {

class WindowMark {
  public:
    // Does not make the file yet.
    explicit WindowMark(std::filesystem::path state) : state_(std::move(state)) {}

    // The run of this folder is being trained. Who calls it holds the StateLock where the run must
    // not be taken for a stray meanwhile. A failure is not told: the run is kept all the same.
    // `flush`: onto the disk, so that it outlives the power, too.
    void add(const std::filesystem::path& folder, bool flush = true);
    // Whether another window is training it.
    bool is_elsewhere(const std::filesystem::path& folder);
    // The run has ended and is saved.
    void remove(const std::filesystem::path& folder);
    // The window ends as it should: the mark goes.
    void end();

  private:
    void open();
    void write(const std::string& line, bool flush);

    const std::filesystem::path state_;
    std::mutex mutex_;
    std::filesystem::path file_;  // empty: not made yet
    FileLock lock_;
    std::set<std::string> runs_;  // names of folders
};

// Of a window that has ended.
struct OrphanedMark {
    std::filesystem::path file;
    FileLock lock;  // while it is held, no other window takes the mark
    std::set<std::string> runs;
};

// Names of the folders in all marks: what is being trained, or was when its window was interrupted.
std::set<std::string> marked_runs(const std::filesystem::path& state);
// In those of windows that live.
std::set<std::string> runs_in_live_marks(const std::filesystem::path& state);
// The marks of windows that have ended, locked.
std::vector<OrphanedMark> take_orphaned_marks(const std::filesystem::path& state);

}  // namespace elbow::gui
