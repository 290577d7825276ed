#pragma once

// Makes a data set out of what was found, once: every later start reads its cache. Functions for a
// worker thread.

#include <filesystem>
#include <optional>
#include <string>

#include "engine/core/progress.h"
#include "engine/data/imported.h"
#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::data {

// A name that is free, or that the same source has already: of "~/My Photos.zip" "My-Photos".
std::string proposed_name(const std::filesystem::path& source);

// Throws UsageError for a name that cannot be, that a built-in data set has, or that has been given
// to another source (says how to forget it).
void check_import_name(const std::string& name, const std::filesystem::path& source);

// Decodes all pictures on all cores into the cache, under the name, in place of what an earlier
// import of this source left there. What cannot be read is counted in ImportedSet::left_out. Throws
// Error where no picture can be read, where there is one alone (nothing would be held out), or
// where the disk is full; then, and where it is cancelled, all is as it was before.
ImportedSet import_set(const Finding&, const Choices&, const std::string& name, Progress&);

// The set that was imported from this source, unless the source has changed since.
std::optional<ImportedSet> imported_from(const std::filesystem::path& source, const SourceWishes&,
                                         Progress&);

}  // namespace elbow::data
