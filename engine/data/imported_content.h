#pragma once

// Whether the files of an imported set hold what the import wrote. A start looks at their sizes
// alone, for all of them would have to be read. Any thread but the window's.

#include <string>

#include "engine/core/progress.h"
#include "engine/data/imported.h"

namespace elbow::data {

// Reads all images of a data set that is mapped and holds them against the fingerprint that the
// import left; for a data set in memory, whose fingerprint is of what was read, does nothing.
// Throws Error where they differ, and Cancelled.
void check_imported_content(const Dataset&, Progress&);

// Throws Error that says why the set is damaged, and the command that imports it again.
[[noreturn]] void refuse_damaged_import(const ImportedSet&, const std::string& why);

}  // namespace elbow::data
