#pragma once

// Whether a run can be saved, looked at before it is trained.

#include <filesystem>

#include "engine/train/checkpoint.h"

namespace elbow::io {

// Throws Error where the folder, which may be missing, cannot take a run of this size beside what
// it holds: no room on the disk, a quota, a limit on the size of files, a read-only medium, a
// folder that may not be written, a path that is too long, a folder in the place of one of the
// run's files. Says what stands in the way and what to do. Leaves nothing behind, whenever the
// program ends.
void check_room(const std::filesystem::path& folder, const train::Checkpoint&);

}  // namespace elbow::io
