// MNIST's format: files of images and of labels, which belong together by their names.

#include "engine/data/idx.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <memory>
#include <optional>

#include "engine/core/error.h"
#include "engine/core/path_text.h"
#include "engine/data/published.h"
#include "engine/data/sources/array_forms.h"
#include "engine/data/sources/arrays/emnist.h"
#include "engine/data/sources/arrays/stored_images.h"

namespace elbow::data {
namespace {

namespace fs = std::filesystem;

// Magic: 0, 0, the type of the elements, the number of dimensions.
bool is_idx(const FileHead& head) {
    constexpr std::string_view kTypes = "\x08\x09\x0B\x0C\x0D\x0E";
    const std::string_view text = head.text();
    return text.size() >= 8 && text[0] == 0 && text[1] == 0 &&
           kTypes.find(text[2]) != std::string_view::npos && text[3] >= 1 && text[3] <= 4;
}

// The name with the last `from` in it replaced; absent where there is none.
std::optional<std::string> with(std::string name, const std::string& from, const std::string& to) {
    const std::size_t at = name.rfind(from);
    if (at == std::string::npos) return {};
    return name.replace(at, from.size(), to);
}

// Without .gz: file_in() finds either.
std::string plain_name(const fs::path& path) {
    const fs::path name = path.filename();
    return (name.extension() == ".gz" ? name.stem() : name).string();
}

std::optional<fs::path> beside(const fs::path& path, const std::optional<std::string>& name) {
    return name ? file_in(path.parent_path(), {*name, 0, "", 0}) : std::nullopt;
}

std::optional<std::string> name_of_labels(const fs::path& images) {
    std::optional<std::string> name = with(plain_name(images), "images", "labels");
    for (const char* of_images : {"idx3", "idx4"}) {
        if (const auto renamed = name ? with(*name, of_images, "idx1") : std::nullopt)
            name = renamed;
    }
    return name;
}

std::optional<fs::path> images_of_labels(const fs::path& labels) {
    const auto name = with(plain_name(labels), "labels", "images");
    if (!name) return {};
    for (const char* of_images : {"idx3", "idx4", "idx1"}) {
        const auto renamed = with(*name, "idx1", of_images);
        if (auto found = beside(labels, renamed ? renamed : name)) return found;
    }
    return {};
}

// The training images first, then the test images, of which at least one is `images`.
std::vector<fs::path> both_parts(const fs::path& images) {
    const std::string name = plain_name(images);
    for (const char* test : {"t10k", "test"}) {
        if (const auto found = beside(images, with(name, "train", test))) return {images, *found};
        if (const auto found = beside(images, with(name, test, "train"))) return {*found, images};
    }
    return {images};
}

int dimensions_of(const fs::path& path) {
    std::array<std::uint8_t, 4> magic{};
    ByteSource(path).read(magic);
    return magic[3];
}

fs::path images_for(const fs::path& path) {
    if (dimensions_of(path) > 1) return path;
    if (const auto images = images_of_labels(path)) return *images;
    throw Error(quoted(path) +
                " holds labels: expected the file of their images beside it, under the same "
                "name with 'images' for 'labels'. Open that one, or put it there.");
}

struct IdxPart {
    fs::path images;
    std::optional<std::string> labels_name;  // that its labels should have
    std::optional<fs::path> labels;          // where they are there
};

// Whichever of its files is named.
std::vector<IdxPart> idx_parts(const fs::path& path) {
    std::vector<IdxPart> parts;
    for (const fs::path& images : both_parts(images_for(path))) {
        const auto name = name_of_labels(images);
        parts.push_back({images, name, beside(images, name)});
    }
    return parts;
}

std::vector<fs::path> idx_files(const fs::path& path) {
    std::vector<fs::path> files;
    for (const IdxPart& part : idx_parts(path)) {
        files.push_back(part.images);
        if (part.labels) files.push_back(*part.labels);
    }
    return files;
}

class IdxStore final : public ArrayStore {
  public:
    explicit IdxStore(const fs::path& path) {
        const std::vector<IdxPart> parts = idx_parts(path);
        arrays_.reserve(2 * parts.size());  // the roles point into it
        for (const IdxPart& of_files : parts) {
            ArrayPart part;
            part.images = &add(of_files.images, dimensions_of(of_files.images));
            part.held_out = roles_.parts.size() == 1;
            if (of_files.labels) {
                part.labels = &add(*of_files.labels, 1);
            } else {
                const auto& expected = of_files.labels_name;
                roles_.notes.push_back("No labels lie beside " +
                                       quoted(of_files.images.filename()) +
                                       (expected ? " (as '" + *expected + "')." : "."));
            }
            roles_.parts.push_back(part);
        }
        if (is_emnist(path)) {
            for (StoredArray& array : arrays_) array.transposed = array.shape.size() > 1;
            roles_.notes.emplace_back(kEmnistNote);
        }
    }

    const std::vector<StoredArray>& arrays() const override { return arrays_; }
    const ArrayRoles& roles() const { return roles_; }

    void read(const StoredArray& array, NumberSink& sink, Progress& progress) override {
        progress.report(-1.0, "Reading " + array.name);
        sink.append(files_.at(array.name)->read_values(progress));
    }

  private:
    const StoredArray& add(const fs::path& path, int dimensions) {
        auto file = std::make_unique<IdxFile>(path, dimensions);
        const auto& shape = file->shape();
        arrays_.push_back(
            {path.filename().string(), "uint8", {shape.begin(), shape.end()}, false, false, {}});
        files_[arrays_.back().name] = std::move(file);
        return arrays_.back();
    }

    std::vector<StoredArray> arrays_;
    std::map<std::string, std::unique_ptr<IdxFile>> files_;  // by their names
    ArrayRoles roles_;
};

}  // namespace

ArrayForm idx_form() {
    return {
        "idx", is_idx,
        [](const fs::path& path, const ArrayWishes& wishes, Progress& progress) {
            IdxStore store(path);
            return images_of_roles(store, store.roles(), {"idx", quoted(path)}, wishes, progress);
        },
        idx_files};
}

}  // namespace elbow::data
