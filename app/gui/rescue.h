#pragma once

// Where a run goes at the end when its own folder cannot take it. Any thread.

#include <filesystem>
#include <string>

#include "engine/data/dataset.h"
#include "engine/train/checkpoint.h"

namespace elbow::gui {

// After a save that failed, and why: saves the run, as io::save_run takes it, to a new folder among
// the runs that the window keeps
// (`state` empty: not there), or where that fails in the home folder, or in the one for temporary
// files. Returns the folder; throws Error, which says why for each place, where none takes it.
std::filesystem::path rescue_run(const train::Checkpoint&, const data::Dataset*,
                                 const std::string& session, const std::filesystem::path& state,
                                 const std::string& why);

}  // namespace elbow::gui
