#pragma once

// What was published under a name: files with their hashes. Finding and recognising a folder of
// them is the same for every set; loading is the same for sets of MNIST's kind, four IDX files.

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
    std::uint64_t packed_bytes = 0;  // about, as mirrors send it: how far a download is
};

struct PublishedSet {
    std::string name;
    std::string title;
    // At least one; the last tells sets apart whose files have the same names. Of MNIST's kind:
    // train images, train labels, held-out images, held-out labels.
    std::vector<PublishedFile> files;
    std::vector<std::string> class_names;
    int channels = 1;  // 1: grey, images [count, H, W]; else [count, H, W, channels] in the files
};

// The file in the folder by any of its names (plain before .gz); absent where there is none.
std::optional<std::filesystem::path> file_in(const std::filesystem::path& folder,
                                             const PublishedFile&);

// The names of those of its files that the folder does not have.
std::vector<std::string> missing_in(const std::filesystem::path& folder, const PublishedSet&);

// The file's content has the published hash; false where it is missing, damaged or different.
bool is_whole(const std::filesystem::path& folder, const PublishedFile&);
bool is_whole(const std::filesystem::path& folder, const PublishedSet&);

// Every folder in which a set called `name` is looked for, in order.
std::vector<std::filesystem::path> folders_of(const SearchPath&, const std::string& name);

// The first folder of the search path, then (unless a person named it) of `elsewhere`, that has all
// files and is not known to hold another published set under their names: MNIST and Fashion-MNIST
// use the same ones.
std::optional<std::filesystem::path> find_published(
    const PublishedSet&, const SearchPath&,
    const std::vector<std::filesystem::path>& elsewhere = {});

// Reads the four files of a set of MNIST's kind; they need not be the published ones, which the
// note says then. The channels of an image become planes. Throws Error where a file is missing or
// malformed, counts differ, or the images are not of one size or have other channels.
Dataset load_published(const PublishedSet&, const std::filesystem::path& folder, Progress&);

}  // namespace elbow::data
