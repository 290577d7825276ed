#pragma once

// Whether the files of an imported set hold what the import wrote. A start looks at their sizes
// alone, for all of them would have to be read. An import does not wait until the disk has them,
// either: the first start after a boot, before which a power cut may have lost some of them, reads
// them all, once. Any thread but the window's.

#include <string>

#include "engine/core/progress.h"
#include "engine/data/imported.h"

namespace elbow::data {

// Reads all images of a data set that is mapped and holds them against the fingerprint that the
// import left; for a data set in memory, whose fingerprint is of what was read, does nothing.
// Throws Error where they differ, and Cancelled.
void check_imported_content(const Dataset&, Progress&);

// The same where the set was imported before the last boot and nobody has checked it since then.
void check_after_boot(const ImportedSet&, const Dataset&, Progress&);

// The number of this boot, another one after each; empty where the system does not say.
std::string boot_number();

// Throws Error that says why the set is damaged, and the command that imports it again.
[[noreturn]] void refuse_damaged_import(const ImportedSet&, const std::string& why);

}  // namespace elbow::data
