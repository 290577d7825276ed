#include "engine/io/run_lock.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/core/system_remedy.h"

namespace elbow::io {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestHolder = 200;  // bytes that are read of run.lock
constexpr int kMostAttempts = 1000;          // a file system may never say the same number twice

[[noreturn]] void cannot_be_written(const fs::path& path, const std::string& why) {
    throw Error("The run's folder cannot be written to: " + quoted(path) + ": " + why);
}

// The folders on the way to `folder` that are missing, innermost first.
std::vector<fs::path> missing_folders(const fs::path& folder) {
    std::vector<fs::path> missing;
    std::error_code ignored;
    for (fs::path path = fs::absolute(folder).lexically_normal();
         !path.empty() && !fs::exists(path, ignored); path = path.parent_path()) {
        if (path.has_filename()) missing.push_back(path);
        if (path == path.parent_path()) break;
    }
    return missing;
}

void remove_empty(const std::vector<fs::path>& folders) {
    std::error_code not_empty;
    for (const fs::path& folder : folders) fs::remove(folder, not_empty);
}

// "process 1234 on this-machine since 2026-01-31 23:59:59"
std::string holder_text() {
    std::array<char, 256> machine{};
    if (::gethostname(machine.data(), machine.size() - 1) != 0) machine[0] = '\0';
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 32> since{};
    std::strftime(since.data(), since.size(), "%Y-%m-%d %H:%M:%S", &local);
    std::string text = "process " + std::to_string(::getpid());
    if (machine[0] != '\0') text.append(" on ").append(machine.data());
    return text.append(" since ").append(since.data());
}

std::string read_holder(int descriptor) {
    std::array<char, kLongestHolder> text{};
    const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    holder = holder.substr(0, holder.find('\n'));
    const bool plain =
        std::all_of(holder.begin(), holder.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return plain && !holder.empty() ? holder : "its lock names no process";
}

bool write_holder(int descriptor) {
    const std::string text = holder_text() + "\n";
    return ::ftruncate(descriptor, 0) == 0 &&
           ::pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

// Neither a link nor a pipe that somebody put there is followed.
void check_is_file(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        cannot_be_written(path, "it is not a file. Remove it, or choose another folder.");
}

}  // namespace

RunLock::RunLock(fs::path folder) : folder_(std::move(folder)) {
    made_ = missing_folders(folder_);
    try {
        take();
    } catch (...) {
        remove_empty(made_);
        throw;
    }
}

RunLock::~RunLock() { release(); }

RunLock& RunLock::operator=(RunLock&& other) noexcept {
    std::swap(folder_, other.folder_);
    std::swap(lock_, other.lock_);
    std::swap(made_, other.made_);
    return *this;
}

void RunLock::renew() {
    if (!lock_.is_at(folder_ / kFile)) take();
}

void RunLock::take() {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) {
        throw Error("The folder " + quoted(folder_) + " for the run cannot be made: " +
                    error.message() + ". Choose a folder where you may write.");
    }
    const fs::path path = folder_ / kFile;
    FileLock taken;
    for (int attempt = 0; !taken.is_at(path) && attempt < kMostAttempts; ++attempt) {
        check_is_file(path);
        taken = FileLock::on_file(path);  // once more where it was let go and removed just now
        if (taken.descriptor() < 0) cannot_be_written(path, why_not_written(errno));
        if (!taken.busy()) continue;
        throw Error(quoted(folder_) + " is in use: another Elbow (" +
                    read_holder(taken.descriptor()) +
                    ") saves its run there. Choose another folder, or wait until that one has "
                    "ended.");
    }
    lock_ = std::move(taken);
    // A full disk shows here, before any training.
    if (!write_holder(lock_.descriptor())) {
        const std::string why = why_not_written(errno);
        release();
        cannot_be_written(path, why);
    }
}

bool is_locked(const fs::path& folder) { return FileLock(folder / RunLock::kFile).busy(); }

void RunLock::release() {
    if (lock_.descriptor() < 0) return;
    const fs::path path = folder_ / kFile;
    if (lock_.is_at(path)) ::unlink(path.c_str());
    lock_ = FileLock();
    remove_empty(made_);
}

}  // namespace elbow::io
