#pragma once

// The right to save to a run's folder. One program holds it at a time, from before it looks at what
// the folder holds until it ends; readers need none. The lock is on a file, run.lock, that names
// its holder; it goes with the holder, even where that is killed. One thread at a time.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/file_lock.h"

namespace elbow::io {

class RunLock {
  public:
    static constexpr const char* kFile = "run.lock";

    // Makes the folder where it is missing. Throws Error where another holds the lock (who does,
    // and what to do) and where the folder cannot be written to. A file system that knows no locks
    // gives none: then nobody is refused.
    explicit RunLock(std::filesystem::path folder);
    // Removes its file, and those of the folders it made that are still empty.
    ~RunLock();
    RunLock(RunLock&&) noexcept = default;
    RunLock& operator=(RunLock&&) noexcept;

    const std::filesystem::path& folder() const { return folder_; }

    // Takes the lock anew where somebody has removed the folder or the file in it. Throws as the
    // constructor.
    void renew();

  private:
    void take();
    void release();

    std::filesystem::path folder_;
    FileLock lock_;                            // on the file
    std::vector<std::filesystem::path> made_;  // folders that were missing, innermost first
};

// Whether somebody holds the lock of the folder now.
bool is_locked(const std::filesystem::path& folder);

}  // namespace elbow::io
