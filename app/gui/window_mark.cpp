#include "app/gui/window_mark.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <system_error>

#include "app/gui/autosave_files.h"
#include "engine/core/error.h"
#include "engine/core/file.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWindowMarks = "windows";
constexpr std::uintmax_t kMostMarkBytes = 1'000'000;
constexpr char kAdded = '+', kRemoved = '-';

// One line for each change, "+<folder>" or "-<folder>", so that a write that was cut short spoils
// nothing before it.
std::set<std::string> runs_in(const fs::path& mark) {
    std::set<std::string> runs;
    std::error_code error;
    if (!fs::is_regular_file(mark, error) || fs::file_size(mark, error) > kMostMarkBytes) return {};
    std::vector<std::uint8_t> bytes;
    try {
        bytes = read_file(mark);
    } catch (const Error&) {
        return {};  // removed meanwhile
    }
    std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        const bool is_name = line.size() > 1 && line.find('/') == std::string_view::npos;
        if (is_name && line[0] == kAdded) runs.emplace(line.substr(1));
        if (is_name && line[0] == kRemoved) runs.erase(std::string(line.substr(1)));
    }
    return runs;
}

std::vector<fs::path> marks(const fs::path& state) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(state / kWindowMarks, error), end; !error && entry != end;
         entry.increment(error)) {
        files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

// A file system that knows no locks leaves it open: then it may be.
bool is_live(const fs::path& mark) {
    std::error_code ignored;
    return fs::is_regular_file(mark, ignored) && !FileLock(mark).held();
}

}  // namespace

// The name is new on this machine; on another that shares the folder it may be taken, and then the
// next one is tried.
void WindowMark::open() {
    std::error_code ignored;
    fs::create_directories(state_ / kWindowMarks, ignored);
    constexpr int kTries = 1000;
    for (int i = 0; i < kTries; ++i) {
        const fs::path file =
            state_ / kWindowMarks / (std::to_string(::getpid()) + "-" + std::to_string(i));
        if (fs::exists(file, ignored)) continue;
        FileLock lock = FileLock::on_file(file);
        if (lock.descriptor() < 0) return;
        if (lock.busy() || !lock.is_at(file)) continue;
        file_ = file;
        lock_ = std::move(lock);
        return;
    }
}

void WindowMark::write(const std::string& line, bool flush) {
    if (lock_.descriptor() < 0) return;
    if (::lseek(lock_.descriptor(), 0, SEEK_END) < 0) return;
    const ssize_t written = ::write(lock_.descriptor(), line.data(), line.size());
    if (written > 0 && flush) ::fsync(lock_.descriptor());
}

void WindowMark::add(const fs::path& folder, bool flush) {
    const std::lock_guard lock(mutex_);
    if (!runs_.insert(folder.filename().string()).second) return;
    if (file_.empty()) open();
    write(kAdded + folder.filename().string() + "\n", flush);
}

void WindowMark::remove(const fs::path& folder) {
    const std::lock_guard lock(mutex_);
    if (runs_.erase(folder.filename().string()) == 0) return;
    write(kRemoved + folder.filename().string() + "\n", false);
}

bool WindowMark::is_elsewhere(const fs::path& folder) {
    const std::lock_guard lock(mutex_);
    for (const fs::path& mark : marks(state_)) {
        if (mark == file_ || !is_live(mark)) continue;
        if (runs_in(mark).contains(folder.filename().string())) return true;
    }
    return false;
}

void WindowMark::end() {
    const std::lock_guard lock(mutex_);
    std::error_code ignored;
    if (!file_.empty()) fs::remove(file_, ignored);
    file_.clear();
    lock_ = {};
    runs_.clear();
}

std::set<std::string> marked_runs(const fs::path& state) {
    std::set<std::string> runs;
    for (const fs::path& mark : marks(state)) runs.merge(runs_in(mark));
    return runs;
}

std::set<std::string> runs_in_live_marks(const fs::path& state) {
    std::set<std::string> runs;
    for (const fs::path& mark : marks(state)) {
        if (is_live(mark)) runs.merge(runs_in(mark));
    }
    return runs;
}

std::vector<OrphanedMark> take_orphaned_marks(const fs::path& state) {
    const StateLock none_is_made(state);
    std::vector<OrphanedMark> orphans;
    for (const fs::path& mark : marks(state)) {
        std::error_code ignored;
        if (!fs::is_regular_file(mark, ignored)) continue;
        FileLock lock(mark);
        if (lock.held() && lock.is_at(mark)) {
            orphans.push_back({mark, std::move(lock), runs_in(mark)});
        }
    }
    return orphans;
}

}  // namespace elbow::gui
