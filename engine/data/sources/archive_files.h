#pragma once

// The files of an archive (zip, tar, 7z; a tar packed by gzip, bzip2, xz or zstd), read by
// libarchive as they stream by. A function for a worker thread.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/sources/source_files.h"

namespace elbow::data {

// As visit_files.
std::string visit_archive(const std::filesystem::path&, Progress&, std::vector<LeftOut>&,
                          const SeeFile&);

}  // namespace elbow::data
