#include "app/gui/autosaves.h"

#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <tuple>

#include "app/gui/autosave_files.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/folders.h"
#include "engine/core/json.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"
#include "engine/io/run_json.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLastRun = "last-run";
constexpr std::uintmax_t kMostMarksBytes = 10'000'000;

struct Autosave {
    fs::path folder;
    std::uint64_t number;
    std::uintmax_t bytes;
    double train_seconds = 0.0;
    bool may_go = true;
};

// Absent where the run cannot be read: that of a newer version stays.
std::optional<double> train_seconds_of(const fs::path& folder) {
    try {
        const std::vector<std::uint8_t> bytes = read_file(folder / io::kRunFiles.back());
        const io::SavedRun run = io::parse_run_json({bytes.begin(), bytes.end()}, "run.json");
        return run.checkpoint.train_seconds;
    } catch (const Error&) {
        return std::nullopt;
    }
}

// What the budget is for: not what the person has named, pinned or touched.
std::vector<Autosave> runs_within_budget(const fs::path& runs) {
    std::vector<Autosave> kept;
    for (const fs::path& folder : folders_in(runs)) {
        if (!was_named_here(folder.filename().string()) || !holds_only_a_run(folder)) continue;
        const RunMarks marks = marks_of(folder);
        if (marks.pinned || !marks.name.empty()) continue;
        kept.push_back({folder, number_of(folder), bytes_of(folder)});
    }
    std::sort(kept.begin(), kept.end(), [](const Autosave& a, const Autosave& b) {
        return std::tie(a.number, a.folder) > std::tie(b.number, b.folder);
    });
    return kept;
}

// The first one goes first: what was trained the least, the newest ones after all others.
std::vector<Autosave> in_order_of_leaving(const std::vector<Autosave>& newest_first,
                                          std::size_t newest) {
    std::vector<Autosave> order = newest_first;
    for (Autosave& run : order) {
        const std::optional<double> trained_s = train_seconds_of(run.folder);
        run.may_go = run.may_go && trained_s;
        run.train_seconds = trained_s.value_or(0.0);
    }
    const auto first_old =
        order.begin() + static_cast<std::ptrdiff_t>(std::min(newest, order.size()));
    const auto goes_first = [](const Autosave& a, const Autosave& b) {
        return std::tie(a.train_seconds, a.number) < std::tie(b.train_seconds, b.number);
    };
    std::sort(order.begin(), first_old, goes_first);
    std::sort(first_old, order.end(), goes_first);
    std::rotate(order.begin(), first_old, order.end());
    std::erase_if(order, [](const Autosave& run) { return !run.may_go; });
    return order;
}

std::string what_it_is(const fs::path& folder) {
    const std::string name = marks_of(folder).name;
    std::string what = name.empty() ? without_stamp(folder.filename().string()) : name;
    const std::optional<double> trained_s = train_seconds_of(folder);
    return trained_s ? what + ", " + duration_text(*trained_s) : what;
}

TrashedRun move_to_trash(const fs::path& state, const fs::path& folder) {
    const fs::path to = next_in_trash(state, folder.filename().string());
    TrashedRun trashed{to, what_it_is(folder)};
    std::error_code error;
    fs::create_directories(to.parent_path(), error);
    if (!error) fs::rename(folder, to, error);
    if (error) {
        throw Error("The run '" + folder.string() + "' cannot be moved to the trash, '" +
                    to.parent_path().string() + "': " + error.message() + ".");
    }
    return trashed;
}

// What lies there for longest goes first; what was put there just now stays.
void trim_trash(const fs::path& state, const std::vector<TrashedRun>& just_now,
                std::uintmax_t most_bytes) {
    const std::vector<fs::path> trash = folders_in(state / kTrashFolder);  // by number
    std::uintmax_t bytes = 0;
    for (const fs::path& folder : trash) bytes += bytes_of(folder);
    for (const fs::path& folder : trash) {
        if (bytes <= most_bytes) return;
        const bool stays = without_number(folder.filename()) == folder.filename() ||
                           std::any_of(just_now.begin(), just_now.end(),
                                       [&](const auto& run) { return run.folder == folder; });
        if (stays) continue;
        bytes -= std::min(bytes, bytes_of(folder));
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
}

std::vector<TrashedRun> make_room(const fs::path& state, const fs::path& newest,
                                  const KeepingBudget& budget) {
    std::vector<Autosave> kept = runs_within_budget(state / kRunsFolder);
    std::uintmax_t bytes = 0;
    for (const Autosave& run : kept) bytes += run.bytes;
    if (bytes <= budget.runs_bytes) return {};
    const std::set<std::string> marked = marked_runs(state);
    for (Autosave& run : kept) {
        run.may_go = run.folder != newest && !marked.contains(run.folder.filename().string()) &&
                     !io::is_locked(run.folder);  // elbow train may go on with it
    }
    std::vector<TrashedRun> gone;
    for (const Autosave& run : in_order_of_leaving(kept, budget.newest)) {
        if (bytes <= budget.runs_bytes) break;
        bytes -= run.bytes;
        gone.push_back(move_to_trash(state, run.folder));
    }
    trim_trash(state, gone, budget.trash_bytes);
    return gone;
}

// Earlier versions kept one run in last-run itself: it becomes one of the kept runs.
void move_earlier_run(const fs::path& state, std::error_code& error) {
    const fs::path link = state / kLastRun;
    if (!fs::is_directory(fs::symlink_status(link, error))) {
        error.clear();  // nothing there, or a link
        return;
    }
    fs::rename(link, make_folder(state / kRunsFolder, stamp_now() + "earlier"), error);
}

// Made beside its place and renamed: last-run is there at every moment.
void point_last_run_to(const fs::path& state, const fs::path& folder) {
    std::error_code error;
    move_earlier_run(state, error);
    const fs::path link = state / kLastRun;
    const fs::path made = link.string() + "." + std::to_string(getpid());
    std::error_code ignored;
    fs::remove(made, ignored);
    if (!error)
        fs::create_directory_symlink(fs::path(kRunsFolder) / folder.filename(), made, error);
    if (!error) fs::rename(made, link, error);
    if (error) {
        fs::remove(made, ignored);
        throw Error("The run is kept in '" + folder.string() + "', but the link '" + link.string() +
                    "' cannot be made to point there: " + error.message() +
                    ". Remove what is in its place.");
    }
}

}  // namespace

fs::path state_folder() { return elbow::state_folder(); }

RunMarks marks_of(const fs::path& folder) {
    const fs::path file = folder / io::kSessionFile;
    std::error_code error;
    if (!fs::is_regular_file(file, error) || fs::file_size(file, error) > kMostMarksBytes) {
        return {};
    }
    RunMarks marks;
    try {
        const std::vector<std::uint8_t> bytes = read_file(file);
        const auto json = parse_json({bytes.begin(), bytes.end()});
        if (!json) return {};
        const Json* name = json->find("name");
        if (name != nullptr && name->is_string()) marks.name = name->string();
        const Json* pinned = json->find("pinned");
        if (pinned != nullptr && pinned->is_boolean()) marks.pinned = pinned->boolean();
    } catch (const Error&) {
        return {};  // removed meanwhile
    }
    return marks;
}

fs::path make_autosave_folder(const fs::path& state, const RunConfig& config, WindowMark* mark) {
    const StateLock lock(state);
    fs::path folder =
        make_folder(state / kRunsFolder, stamp_now() + data::name_for_files(config.dataset) + "-" +
                                             std::to_string(config.latents));
    if (mark != nullptr) mark->add(folder);
    return folder;
}

std::vector<TrashedRun> mark_as_newest(const fs::path& state, const fs::path& folder,
                                       const std::optional<KeepingBudget>& budget) {
    const StateLock lock(state);
    number_as_newest(state, folder);
    point_last_run_to(state, folder);
    if (!budget) return {};
    return make_room(state, folder, *budget);
}

TrashedRun throw_away(const fs::path& state, const fs::path& folder, const KeepingBudget& budget) {
    const StateLock lock(state);
    TrashedRun trashed = move_to_trash(state, folder);
    trim_trash(state, {trashed}, budget.trash_bytes);
    return trashed;
}

fs::path bring_back(const fs::path& state, const TrashedRun& trashed) {
    const StateLock lock(state);
    const std::string name = without_number(trashed.folder.filename().string());
    std::error_code error;
    if (!fs::is_directory(trashed.folder, error)) {
        throw Error("The run '" + trashed.what + "' is no longer in the trash, '" +
                    trashed.folder.string() + "'.");
    }
    fs::path back = make_folder(state / kRunsFolder, name);
    fs::rename(trashed.folder, back, error);  // replaces the empty folder
    if (error) {
        std::error_code ignored;
        fs::remove(back, ignored);
        throw Error("The run '" + trashed.what + "' cannot be moved back from the trash, '" +
                    trashed.folder.string() + "': " + error.message() + ".");
    }
    number_as_newest(state, back);
    return back;
}

}  // namespace elbow::gui
