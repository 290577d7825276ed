#pragma once

// What was published under a name: four IDX files with their hashes. Finding, recognising and
// loading a folder of such files is the same for every set of MNIST's kind.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/dataset.h"
#include "engine/data/datasets.h"

namespace elbow::data {

struct PublishedFile {
    std::string
        name;  // "train-images-idx3-ubyte", which may also be written "train-images.idx3-ubyte"
    std::uint64_t bytes = 0;         // uncompressed
    std::string sha256;              // of the uncompressed file
    std::uint64_t packed_bytes = 0;  // about, compressed by gzip: how far a download is
};

struct PublishedSet {
    std::string name;
    std::string title;
    std::array<PublishedFile, 4>
        files;  // train images, train labels, held-out images, held-out labels
    std::vector<std::string> class_names;
};

// The file in the folder by any of its names (plain before .gz); absent where there is none.
std::optional<std::filesystem::path> file_in(const std::filesystem::path& folder,
                                             const PublishedFile&);

// The names of those of the four files that the folder does not have.
std::vector<std::string> missing_in(const std::filesystem::path& folder, const PublishedSet&);

// The file's content has the published hash; false where it is missing, damaged or different.
bool is_whole(const std::filesystem::path& folder, const PublishedFile&);
bool is_whole(const std::filesystem::path& folder, const PublishedSet&);

// Every folder in which a set called `name` is looked for, in order.
std::vector<std::filesystem::path> folders_of(const SearchPath&, const std::string& name);

// The first folder of the search path, then of `elsewhere`, that has all four files and is not
// known to hold another published set: MNIST and Fashion-MNIST use the same file names.
std::optional<std::filesystem::path> find_published(
    const PublishedSet&, const SearchPath&,
    const std::vector<std::filesystem::path>& elsewhere = {});

// Reads the four files; they need not be the published ones, which the note says then. Throws Error
// where a file is missing or malformed, counts differ, or the images are not of one size.
Dataset load_published(const PublishedSet&, const std::filesystem::path& folder, Progress&);

}  // namespace elbow::data
