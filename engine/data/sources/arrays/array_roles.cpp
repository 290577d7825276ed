#include "engine/data/sources/arrays/array_roles.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "engine/core/error.h"

namespace elbow::data {
namespace {

constexpr std::uint64_t kFewestPixels = 16;  // of an array that is taken for images by its shape

struct KnownPart {
    std::string_view images, labels;
    bool held_out = false;
};

// How published files name their parts, in lower case; a file has those of one line.
struct KnownNames {
    std::vector<KnownPart> parts;  // the first has to be there
};

const std::vector<KnownNames>& known_names() {
    static const std::vector<KnownNames> names = {
        // keras' mnist.npz
        {{{"x_train", "y_train"}, {"x_val", "y_val", true}, {"x_test", "y_test", true}}},
        {{{"train_x", "train_y"}, {"val_x", "val_y", true}, {"test_x", "test_y", true}}},
        // MedMNIST
        {{{"train_images", "train_labels"},
          {"val_images", "val_labels", true},
          {"test_images", "test_labels", true}}},
        // the Caltech silhouettes
        {{{"train_data", "train_labels"},
          {"val_data", "val_labels", true},
          {"test_data", "test_labels", true}}},
        // Omniglot's chardata.mat
        {{{"data", "target"}, {"testdata", "testtarget", true}}},
        {{{"imgs", "labels"}}},  // dSprites
        {{{"data", "labels"}}},  // pythae
        {{{"data", "targets"}}},
        {{{"images", "labels"}}},
        {{{"x", "y"}}},
    };
    return names;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

const StoredArray* array_called(const std::vector<StoredArray>& arrays, std::string_view name) {
    const auto found = std::find_if(arrays.begin(), arrays.end(), [&](const StoredArray& array) {
        return lower_case(array.name) == name;
    });
    return found == arrays.end() ? nullptr : &*found;
}

std::string list_of(const std::vector<StoredArray>& arrays) {
    constexpr std::size_t kMostListed = 12;
    std::string text;
    for (std::size_t i = 0; i < std::min(arrays.size(), kMostListed); ++i) {
        text += (i == 0 ? "" : ", ") + arrays[i].name + " " + text_of(arrays[i].shape) + " " +
                arrays[i].type;
    }
    if (arrays.size() > kMostListed)
        text += " and " + std::to_string(arrays.size() - kMostListed) + " more";
    return text.empty() ? "nothing" : text;
}

// Enough numbers an image, whichever axis the images are that the habit allows.
bool could_be_images(const StoredArray& array, ImagesAre habit) {
    const ArrayShape& shape = array.shape;
    if (!array.refusal.empty() || shape.size() < 2 || shape.size() > 4) return false;
    const auto enough = [&shape](std::size_t image) {
        std::uint64_t pixels = 1;
        for (std::size_t i = 0; i < shape.size() && pixels < kFewestPixels; ++i)
            pixels *= i == image ? 1 : std::min<std::uint64_t>(shape[i], kFewestPixels);
        return pixels >= kFewestPixels;
    };
    return enough(0) || (habit == ImagesAre::kLast && enough(shape.size() - 1));
}

// A number for each image, or a row of few: [N], [N, 1], [1, N].
bool could_be_labels(const StoredArray& array, const StoredArray& images) {
    if (&array == &images || !array.refusal.empty()) return false;
    const ArrayShape& shape = array.shape;
    const std::uint64_t most = shape.empty() ? 0 : *std::max_element(shape.begin(), shape.end());
    const bool one_each =
        shape.size() == 1 || (shape.size() == 2 && std::min(shape[0], shape[1]) == 1);
    return one_each &&
           std::find(images.shape.begin(), images.shape.end(), most) != images.shape.end();
}

// By the names that published files use, of those that say most; empty where there are none.
std::vector<ArrayPart> known_parts(const std::vector<StoredArray>& arrays) {
    std::vector<ArrayPart> best;
    std::ptrdiff_t most = 0;
    for (const KnownNames& names : known_names()) {
        if (array_called(arrays, names.parts.front().images) == nullptr) continue;
        std::vector<ArrayPart> parts;
        std::ptrdiff_t found = 0;
        for (const KnownPart& part : names.parts) {
            const StoredArray* images = array_called(arrays, part.images);
            if (images == nullptr) continue;
            parts.push_back({images, array_called(arrays, part.labels), part.held_out});
            found += parts.back().labels == nullptr ? 1 : 2;
        }
        if (found <= most) continue;
        most = found;
        best = std::move(parts);
    }
    return best;
}

// The one with the most axes of those that could be.
ArrayPart part_by_shape(const std::vector<StoredArray>& arrays, ImagesAre habit,
                        const std::string& shown_as) {
    std::vector<const StoredArray*> candidates;
    std::size_t most_axes = 0;
    for (const StoredArray& array : arrays) {
        if (!could_be_images(array, habit) || array.shape.size() < most_axes) continue;
        if (array.shape.size() > most_axes) candidates.clear();
        most_axes = array.shape.size();
        candidates.push_back(&array);
    }
    if (candidates.size() != 1) {
        throw Error(shown_as +
                    (candidates.empty() ? " has no array that could be images"
                                        : " has several arrays that could be images") +
                    ": it has " + list_of(arrays) +
                    ". Expected one [N, H, W], or names such as x_train, y_train, x_test, y_test: "
                    "save it again as numpy.savez('images.npz', images=images, labels=labels).");
    }
    ArrayPart part{candidates.front()};
    std::vector<const StoredArray*> labels;
    for (const StoredArray& array : arrays)
        if (could_be_labels(array, *part.images)) labels.push_back(&array);
    if (labels.size() == 1) part.labels = labels.front();
    return part;
}

void refuse_unreadable(const StoredArray& array, const std::string& shown_as) {
    if (array.refusal.empty()) return;
    throw Error(shown_as + (array.name.empty() ? "" : " has an array '" + array.name + "' that") +
                " cannot be read: " + array.refusal);
}

std::string say_which(const ArrayPart& part) {
    std::string text = "'" + part.images->name + "' was taken for the images";
    if (part.labels != nullptr) text += ", '" + part.labels->name + "' for the labels";
    return text + ".";
}

}  // namespace

std::vector<std::string> names_beside(std::string_view name) {
    const std::string known = lower_case(name);
    std::vector<std::string> all;
    for (const KnownNames& names : known_names()) {
        std::vector<std::string> together;
        for (const KnownPart& part : names.parts) {
            together.emplace_back(part.images);
            together.emplace_back(part.labels);
        }
        if (std::find(together.begin(), together.end(), known) == together.end()) continue;
        for (std::string& each : together) {
            if (each != known && std::find(all.begin(), all.end(), each) == all.end())
                all.push_back(std::move(each));
        }
    }
    return all;
}

ArrayRoles array_roles(const std::vector<StoredArray>& arrays, ImagesAre habit,
                       const std::string& shown_as) {
    ArrayRoles roles;
    if (arrays.size() == 1) {
        roles.parts = {{&arrays.front()}};
    } else {
        roles.parts = known_parts(arrays);
        if (roles.parts.empty()) {
            roles.parts = {part_by_shape(arrays, habit, shown_as)};
            roles.notes.push_back(say_which(roles.parts.front()));
        }
    }
    const auto held_out = std::count_if(roles.parts.begin(), roles.parts.end(),
                                        [](const ArrayPart& part) { return part.held_out; });
    if (held_out > 1) {
        roles.notes.push_back("'" + (roles.parts.end() - 2)->images->name + "' and '" +
                              roles.parts.back().images->name + "' are the held-out part.");
    }
    for (const ArrayPart& part : roles.parts) refuse_unreadable(*part.images, shown_as);
    if (roles.parts.size() == 1) {
        roles.factors = array_called(arrays, "latents_values");
        roles.classes = array_called(arrays, "latents_classes");
    }
    return roles;
}

}  // namespace elbow::data
