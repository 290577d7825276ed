#pragma once

// A saved run as its exports show it: as it was seen in the window that saved it or, where no
// window has seen it, as a new one would show it. Main thread only.

#include <memory>

#include "app/gui/exports/export.h"
#include "engine/io/run_folder.h"

namespace elbow::commands {

// The records of the curves and the paper's are put in where `curves` says so. Throws Error where
// the session is damaged.
gui::ExportSource source_of(const io::SavedRun&, std::shared_ptr<const data::Dataset>,
                            const gui::Settings&, bool curves);

}  // namespace elbow::commands
