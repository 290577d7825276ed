#include "engine/data/published.h"

#include <algorithm>
#include <system_error>

#include "engine/core/error.h"
#include "engine/data/hash.h"
#include "engine/data/idx.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

// "train-images-idx3-ubyte" as others write it: "train-images.idx3-ubyte".
std::string dotted(const std::string& name) {
    std::string other = name;
    const std::size_t at = other.rfind("-idx");
    if (at != std::string::npos) other[at] = '.';
    return other;
}

bool is_whole_file(const fs::path& path, const PublishedFile& file) {
    try {
        return has_content(path, file.bytes, file.sha256);
    } catch (const Error&) {  // damaged: to be fetched again
        return false;
    }
}

// For sets of MNIST's kind by the held-out labels, which are ten kilobytes.
bool is_recognised(const fs::path& folder, const PublishedSet& set) {
    return is_whole(folder, set.files.back());
}

bool use_the_same_names(const PublishedSet& one, const PublishedSet& other) {
    return one.files.back().name == other.files.back().name;
}

bool is_another_set(const fs::path& folder, const PublishedSet& set) {
    return std::any_of(datasets().begin(), datasets().end(), [&](const DatasetEntry& entry) {
        return entry.published != nullptr && entry.name != set.name &&
               use_the_same_names(entry.published(), set) &&
               is_recognised(folder, entry.published());
    });
}

IdxFile open_part(const fs::path& folder, const PublishedFile& file, int dimensions) {
    const auto path = file_in(folder, file);
    if (!path) {
        throw Error("'" + folder.string() + "' has no file called '" + file.name +
                    "' (with or without .gz). Put it there, or fetch the data set again.");
    }
    return IdxFile(*path, dimensions);
}

void check_counts(const fs::path& folder, const PublishedFile& images_file, std::uint32_t images,
                  const PublishedFile& labels_file, std::uint32_t labels) {
    if (images == labels) return;
    throw Error("In '" + folder.string() + "' every image needs one label: found " +
                std::to_string(images) + " images in '" + images_file.name + "' and " +
                std::to_string(labels) + " labels in '" + labels_file.name +
                "'. The files do not belong together; replace them.");
}

// Labels past the names that the set has get their number as a name: other data in the same format.
void name_classes(Dataset& dataset) {
    for (const ImageSet* set : {&dataset.train, &dataset.held_out}) {
        const auto largest = std::max_element(set->labels.begin(), set->labels.end());
        while (largest != set->labels.end() && dataset.class_names.size() <= *largest) {
            dataset.class_names.push_back(std::to_string(dataset.class_names.size()));
        }
    }
}

// What was read is the published file, byte for byte. Hashed in memory: a packed file is not
// unpacked twice, and the verdict is about what is used.
bool is_published(const std::vector<std::uint32_t>& shape, const std::vector<std::uint8_t>& values,
                  const PublishedFile& file) {
    const std::vector<std::uint8_t> header = idx_header(shape);
    if (header.size() + values.size() != file.bytes) return false;
    Hasher hasher;
    hasher.update(header);
    hasher.update(values);
    return hasher.hex() == file.sha256;
}

struct Part {
    ImageSet set;
    ImageShape shape;
    bool published = false;  // both files are
};

// [count, H, W, C] -> [count, C, H, W]
std::vector<std::uint8_t> planes_of(const std::vector<std::uint8_t>& pixels,
                                    const ImageShape& shape) {
    const auto plane = static_cast<std::size_t>(shape.height) * shape.width;
    const auto channels = static_cast<std::size_t>(shape.channels);
    std::vector<std::uint8_t> planes(pixels.size());
    for (std::size_t image = 0; image < pixels.size(); image += plane * channels) {
        for (std::size_t c = 0; c < channels; ++c) {
            for (std::size_t i = 0; i < plane; ++i)
                planes[image + c * plane + i] = pixels[image + i * channels + c];
        }
    }
    return planes;
}

Part read_pair(const fs::path& folder, const PublishedFile& images_file,
               const PublishedFile& labels_file, int channels, const Progress& progress) {
    // What is wrong with a header or with the labels need not wait for the images.
    IdxFile labels = open_part(folder, labels_file, 1);
    IdxFile images = open_part(folder, images_file, channels == 1 ? 3 : 4);
    const std::vector<std::uint32_t>& shape = images.shape();
    check_counts(folder, images_file, shape[0], labels_file, labels.shape()[0]);
    if (channels > 1 && shape[3] != static_cast<std::uint32_t>(channels)) {
        throw Error("In '" + folder.string() + "' the images in '" + images_file.name + "' have " +
                    std::to_string(shape[3]) + " channels, expected " + std::to_string(channels) +
                    ". Replace the file, or fetch the data set again.");
    }
    Part part;
    part.set.labels = labels.read_values(progress);
    std::vector<std::uint8_t> pixels = images.read_values(progress);
    part.published = is_published(labels.shape(), part.set.labels, labels_file) &&
                     is_published(shape, pixels, images_file);
    part.set.count = static_cast<int>(shape[0]);
    part.shape = {channels, static_cast<int>(shape[1]), static_cast<int>(shape[2])};
    part.set.pixels = channels > 1 ? planes_of(pixels, part.shape) : std::move(pixels);
    return part;
}

std::string size_text(const Part& part) {
    return std::to_string(part.shape.height) + " x " + std::to_string(part.shape.width);
}

}  // namespace

std::optional<fs::path> file_in(const fs::path& folder, const PublishedFile& file) {
    for (const std::string& stem : {file.name, dotted(file.name)}) {
        for (const char* ending : {"", ".gz"}) {
            const fs::path path = folder / (stem + ending);
            std::error_code ignored;
            if (fs::is_regular_file(path, ignored)) return path;
        }
    }
    return std::nullopt;
}

std::vector<std::string> missing_in(const fs::path& folder, const PublishedSet& set) {
    std::vector<std::string> missing;
    for (const PublishedFile& file : set.files) {
        if (!file_in(folder, file)) missing.push_back(file.name);
    }
    return missing;
}

bool is_whole(const fs::path& folder, const PublishedFile& file) {
    const auto path = file_in(folder, file);
    return path && is_whole_file(*path, file);
}

bool is_whole(const fs::path& folder, const PublishedSet& set) {
    return std::all_of(set.files.begin(), set.files.end(),
                       [&](const PublishedFile& file) { return is_whole(folder, file); });
}

std::vector<fs::path> folders_of(const SearchPath& search, const std::string& name) {
    std::vector<fs::path> folders;
    for (const fs::path& entry : search) {
        folders.push_back(entry);
        folders.push_back(entry / name);
    }
    return folders;
}

std::optional<fs::path> find_published(const PublishedSet& set, const SearchPath& search,
                                       const std::vector<fs::path>& elsewhere) {
    std::vector<fs::path> folders = folders_of(search, set.name);
    if (!search.named) folders.insert(folders.end(), elsewhere.begin(), elsewhere.end());
    for (const fs::path& folder : folders) {
        if (missing_in(folder, set).empty() && !is_another_set(folder, set)) return folder;
    }
    return std::nullopt;
}

Dataset load_published(const PublishedSet& set, const fs::path& folder, Progress& progress) {
    progress.report(0.0, "Reading " + set.title + " (training images)");
    Part train = read_pair(folder, set.files[0], set.files[1], set.channels, progress);
    progress.report(0.85, "Reading " + set.title + " (held-out images)");
    Part held_out = read_pair(folder, set.files[2], set.files[3], set.channels, progress);
    if (train.shape != held_out.shape) {
        throw Error("In '" + folder.string() + "' all images must be of one size: found " +
                    size_text(train) + " pixels in '" + set.files[0].name + "' and " +
                    size_text(held_out) + " in '" + set.files[2].name +
                    "'. The files do not belong together; replace them.");
    }
    Dataset dataset;
    dataset.name = set.name;
    dataset.title = set.title;
    if (!train.published || !held_out.published) {
        dataset.note = "own files in the format of " + set.title + ", not the published data set";
    }
    dataset.source = folder.string();
    dataset.channels = train.shape.channels;
    dataset.height = train.shape.height;
    dataset.width = train.shape.width;
    dataset.class_names = set.class_names;
    dataset.train = std::move(train.set);
    dataset.held_out = std::move(held_out.set);
    name_classes(dataset);
    progress.report(1.0, "Read " + set.title);
    return dataset;
}

}  // namespace elbow::data
