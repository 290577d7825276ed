#include "app/gui/strays.h"

#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "app/gui/autosave_files.h"
#include "app/gui/window_mark.h"
#include "engine/core/error.h"
#include "engine/data/fetch.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStagedLinks = "last-run.";

// Links are staged under the StateLock, so that whoever holds it finds none of a living window.
void remove_staged_links(const fs::path& state) {
    std::vector<fs::path> links;
    std::error_code error;
    for (fs::directory_iterator entry(state, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const bool staged = entry->path().filename().string().rfind(kStagedLinks, 0) == 0;
        if (staged && entry->is_symlink(ignored)) links.push_back(entry->path());
    }
    for (const fs::path& link : links) fs::remove(link, error);
}

bool has_leftovers(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (is_leftover(entry->path().filename().string())) return true;
    }
    return holds_half_a_run(folder);
}

// The lock's own file goes with the lock.
void remove_leftovers(const fs::path& folder, bool half) {
    std::vector<fs::path> leftovers;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        const bool goes = half || is_leftover(name);
        if (goes && name != io::RunLock::kFile) leftovers.push_back(entry->path());
    }
    for (const fs::path& file : leftovers) fs::remove(file, error);
}

// A save that was interrupted when all was written is finished first; the rest is of no use. What
// somebody else saves to is left alone.
void tidy_run(const fs::path& folder) {
    io::finish_save(folder);
    if (!has_leftovers(folder)) return;
    const bool half = holds_half_a_run(folder);
    try {
        const io::RunLock lock(folder);
        std::error_code error;
        const std::string staged = std::string(io::kRunFiles.back()) + ".new";
        if (fs::exists(folder / staged, error)) return;  // saved by somebody since
        remove_leftovers(folder, half);
    } catch (const Error&) {
        return;
    }
    std::error_code not_empty;
    if (half) fs::remove(folder, not_empty);
}

}  // namespace

void remove_strays(const fs::path& state) {
    std::error_code error;
    if (!fs::is_directory(state, error)) return;
    const StateLock lock(state);
    remove_staged_links(state);
    const std::set<std::string> alive = runs_in_live_marks(state);
    for (const fs::path& folder : folders_in(state / kRunsFolder)) {
        const std::string name = folder.filename().string();
        if (was_named_here(name) && !alive.contains(name)) tidy_run(folder);
    }
}

void remove_stray_downloads(const data::SearchPath& path) {
    for (const fs::path& folder : path) {
        data::remove_stray_downloads(folder);
        for (const data::DatasetEntry& entry : data::datasets()) {
            data::remove_stray_downloads(folder / entry.name);
        }
    }
}

}  // namespace elbow::gui
