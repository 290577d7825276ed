#include "app/gui/kept_runs.h"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <system_error>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/folders.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRuns = "runs";
constexpr const char* kLastRun = "last-run";
// "0000-00-00_00-00-00-", the beginning of every name that is given here.
constexpr std::string_view kStampShape = "0000-00-00_00-00-00-";

std::string stamp_now() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%d_%H-%M-%S-", &local);
    return stamp;
}

bool was_named_here(const std::string& name) {
    if (name.size() <= kStampShape.size()) return false;
    return std::equal(kStampShape.begin(), kStampShape.end(), name.begin(), [](char shape, char c) {
        return shape == '0' ? c >= '0' && c <= '9' : c == shape;
    });
}

// Makes <runs>/<name>, or <name>_2 and so on; other windows may do the same at this moment.
fs::path make_folder(const fs::path& runs, const std::string& name) {
    std::error_code error;
    fs::create_directories(runs, error);
    for (int i = 1; !error; ++i) {
        fs::path folder = runs / (i == 1 ? name : name + "_" + std::to_string(i));
        if (fs::create_directory(folder, error)) return folder;
    }
    throw Error("No folder for the run can be made in '" + runs.string() + "': " + error.message() +
                ". Make it a folder where you may write, or set XDG_STATE_HOME to another.");
}

bool is_of_a_run(const std::string& name) {
    return io::is_remnant(name) ||
           std::find(io::kRunFiles.begin(), io::kRunFiles.end(), name) != io::kRunFiles.end();
}

// A run and nothing else.
bool holds_only_a_run(const fs::path& folder) {
    bool has_run = false;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (!is_of_a_run(name)) return false;
        has_run = has_run || name == io::kRunFiles.back();
    }
    return has_run && !error;
}

struct KeptRun {
    fs::path folder;
    fs::file_time_type saved_at;
};

std::vector<KeptRun> kept_runs(const fs::path& runs) {
    std::vector<KeptRun> kept;
    std::error_code error;
    for (fs::directory_iterator entry(runs, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code ignored;
        const fs::path& folder = entry->path();
        if (!fs::is_directory(entry->symlink_status(ignored))) continue;
        if (!was_named_here(folder.filename().string()) || !holds_only_a_run(folder)) continue;
        kept.push_back({folder, fs::last_write_time(folder / io::kRunFiles.back(), ignored)});
    }
    return kept;
}

void remove_oldest(const fs::path& runs, const fs::path& newest) {
    std::vector<KeptRun> kept = kept_runs(runs);
    std::erase_if(kept, [&](const KeptRun& run) { return run.folder == newest; });
    if (kept.size() < kMostKeptRuns) return;
    std::sort(kept.begin(), kept.end(),
              [](const KeptRun& a, const KeptRun& b) { return a.saved_at > b.saved_at; });
    for (auto run = kept.begin() + (kMostKeptRuns - 1); run != kept.end(); ++run) {
        std::error_code ignored;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(run->folder, ignored)) {
            if (is_of_a_run(entry.path().filename().string())) files.push_back(entry.path());
        }
        for (const fs::path& file : files) fs::remove(file, ignored);
        fs::remove(run->folder, ignored);
    }
}

// Earlier versions kept one run in last-run itself: it becomes one of the kept runs.
void move_earlier_run(const fs::path& state, std::error_code& error) {
    const fs::path link = state / kLastRun;
    if (!fs::is_directory(fs::symlink_status(link, error))) {
        error.clear();  // nothing there, or a link
        return;
    }
    fs::rename(link, make_folder(state / kRuns, stamp_now() + "earlier"), error);
}

}  // namespace

fs::path state_folder() { return elbow::state_folder(); }

fs::path make_kept_folder(const fs::path& state, const RunConfig& config) {
    return make_folder(state / kRuns, stamp_now() + data::name_for_files(config.dataset) + "-" +
                                          std::to_string(config.latents));
}

void mark_as_newest(const fs::path& state, const fs::path& folder) {
    std::error_code error;
    move_earlier_run(state, error);
    // Made beside its place and renamed: last-run is there at every moment.
    const fs::path link = state / kLastRun;
    const fs::path made = link.string() + "." + std::to_string(getpid()) + "." +
                          folder.filename().string();  // two savers may do this at once
    std::error_code ignored;
    fs::remove(made, ignored);
    if (!error) fs::create_directory_symlink(fs::path(kRuns) / folder.filename(), made, error);
    if (!error) fs::rename(made, link, error);
    if (error) {
        throw Error("The run is kept in '" + folder.string() + "', but the link '" + link.string() +
                    "' cannot be made to point there: " + error.message() +
                    ". Remove what is in its place.");
    }
    remove_oldest(state / kRuns, folder);
}

}  // namespace elbow::gui
