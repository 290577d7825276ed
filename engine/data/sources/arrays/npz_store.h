#pragma once

// The arrays of numpy's npz. Used by one thread.

#include <filesystem>
#include <memory>

#include "engine/core/progress.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/array_store.h"

namespace elbow::data {

// A zip whose first entry is an npy file.
bool is_npz(const FileHead&);

// Reads what arrays there are, and none of their values. Throws Error where the file is damaged;
// Cancelled.
std::unique_ptr<ArrayStore> open_npz(const std::filesystem::path&, const Progress&);

}  // namespace elbow::data
