#pragma once

// A lock on a file or a folder that ends with the process, however the process ends: what is locked
// is alive. It holds between processes and within one, and never waits. Any thread.

#include <filesystem>

namespace elbow {

class FileLock {
  public:
    FileLock() = default;
    // Locks what exists; if nothing does, locks nothing.
    explicit FileLock(const std::filesystem::path&);
    // Makes the file where it is missing, but not its folder.
    static FileLock on_file(const std::filesystem::path&);
    ~FileLock();
    FileLock(FileLock&&) noexcept;
    FileLock& operator=(FileLock&&) noexcept;

    bool held() const { return state_ == State::kHeld; }
    // Somebody else holds it. On a file system without locks, neither is true.
    bool busy() const { return state_ == State::kBusy; }
    // Whether the path still names what was locked: another may have removed it before.
    bool is_at(const std::filesystem::path&) const;
    // Open for reading, and for writing where on_file() opened it; -1 where nothing could be.
    int descriptor() const { return descriptor_; }

  private:
    enum class State { kHeld, kBusy, kNone };
    explicit FileLock(int descriptor);

    int descriptor_ = -1;
    State state_ = State::kNone;
};

}  // namespace elbow
