#pragma once

// Removes what killed programs left in the state folder and beside the data sets, once it surely
// belongs to nobody: its owner's lock is free. Any thread, never the frame's.

#include <filesystem>

#include "engine/data/datasets.h"

namespace elbow::gui {

// Links that never became last-run, runs that were never whole, files that were never put in place.
void remove_strays(const std::filesystem::path& state);

// Downloads that ended half-way.
void remove_stray_downloads(const data::SearchPath&);

}  // namespace elbow::gui
