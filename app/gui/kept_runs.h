#pragma once

// The runs that the window keeps by itself: each in a folder of its own below <state>/runs, the
// newest ten of them, and <state>/last-run, a link to the newest. docs/run-folder.md tells the
// person. Called by the saver's thread.

#include <filesystem>

#include "engine/core/config.h"

namespace elbow::gui {

constexpr std::size_t kMostKeptRuns = 10;

// $XDG_STATE_HOME/elbow (or ~/.local/state/elbow).
std::filesystem::path state_folder();

// Makes an empty folder for a run, <state>/runs/2026-01-31_23-59-59-mnist-2 (data set and latents;
// with _2, _3 ... where that is taken). Throws Error where it cannot be made.
std::filesystem::path make_kept_folder(const std::filesystem::path& state, const RunConfig&);

// After a run was saved whole in `folder`: points last-run to it, and removes what is older than
// the newest ten. A folder that was renamed, or that holds anything besides a run, is the person's
// and stays. Throws Error where the link cannot be made; the run is kept all the same.
void mark_as_newest(const std::filesystem::path& state, const std::filesystem::path& folder);

}  // namespace elbow::gui
