#include "app/gui/strays.h"

#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "app/gui/kept_files.h"
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

// A save that was interrupted when all was written is finished first; the rest is of no use, unless
// another program saves there now.
void tidy_run(const fs::path& folder) {
    if (io::is_locked(folder)) return;
    io::finish_save(folder);
    if (io::holds_run(folder) && !holds_only_a_run(folder)) return;  // something is the person's
    std::vector<fs::path> leftovers;
    std::error_code error;
    const bool half = holds_half_a_run(folder);
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (half || is_leftover(entry->path().filename().string())) {
            leftovers.push_back(entry->path());
        }
    }
    for (const fs::path& file : leftovers) fs::remove(file, error);
    if (half) fs::remove(folder, error);
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
