#pragma once

// The runs that the window keeps by itself: each in a folder of its own below <state>/runs, and
// <state>/last-run, a link to the newest. They stay within a budget of bytes: the run with the
// least training goes first, to <state>/trash, from where it can be brought back.
// docs/run-folder.md describes this. Called by the saver's thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/window_mark.h"
#include "engine/run/config.h"

namespace elbow::gui {

struct KeepingBudget {
    std::uintmax_t runs_bytes = 2'000'000'000;  // of runs without a name and a pin
    std::uintmax_t trash_bytes = 500'000'000;
    std::size_t newest = 10;  // that were saved last: they go after all others
};

// What the person says of a run.
struct RunMarks {
    std::string name;  // empty: none was given
    bool pinned = false;
};
RunMarks marks_of(const std::filesystem::path& folder);

// A run that was put into the trash.
struct TrashedRun {
    std::filesystem::path folder;  // where it is now
    std::string what;              // "mnist-2, 12.3 s"
};

// $XDG_STATE_HOME/elbow (or ~/.local/state/elbow).
std::filesystem::path state_folder();

// Makes an empty folder for a run, <state>/runs/2026-01-31_23-59-59-mnist-2 (data set and latents;
// with _2, _3 ... where that is taken), and enters it in the mark, where there is one. Throws Error
// where it cannot be made.
std::filesystem::path make_autosave_folder(const std::filesystem::path& state, const RunConfig&,
                                           WindowMark* = nullptr);

// After a run was saved whole in `folder`: points last-run to it and makes it the newest. Where the
// runs take more room than the budget has, returns what went to the trash; without a budget, which
// the window's settings have, nothing goes. Never goes: what was named, pinned, renamed or given
// any other file by the person, and what a window is training. Throws Error where the link cannot
// be made; the run is kept all the same.
std::vector<TrashedRun> mark_as_newest(const std::filesystem::path& state,
                                       const std::filesystem::path& folder,
                                       const std::optional<KeepingBudget>& = std::nullopt);

// Puts a run, whatever else is in its folder, into the trash; what has been there longest makes
// room. Throws Error.
TrashedRun throw_away(const std::filesystem::path& state, const std::filesystem::path& folder,
                      const KeepingBudget& = {});

// Back among the runs, as the newest. Returns where. Throws Error if it is no longer in the trash.
std::filesystem::path bring_back(const std::filesystem::path& state, const TrashedRun&);

}  // namespace elbow::gui
