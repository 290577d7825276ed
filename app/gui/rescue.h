#pragma once

// Where a run goes at the end when its own folder cannot take it. Any thread.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/io/run_folder.h"
#include "engine/train/session.h"

namespace elbow::gui {

// A run as io::save_run takes it.
struct RunToSave {
    const train::Checkpoint& checkpoint;
    const std::vector<train::EvaluationRecord>& evaluations;
    const data::Dataset* dataset;
    std::optional<int> threads;
    io::Companions companions;
};

// After a save that failed, and why: saves to a new folder among the runs that the window keeps
// (`state` empty: not there), or where that fails in the home folder, or in the one for temporary
// files. Returns the folder; throws Error, which says why for each place, where none takes it.
std::filesystem::path rescue_run(const RunToSave&, const std::filesystem::path& state,
                                 const std::string& why);

}  // namespace elbow::gui
