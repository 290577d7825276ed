#include "engine/data/sources/arrays/stored_images.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/core/text.h"
#include "engine/data/idx.h"
#include "engine/data/sources/arrays/class_labels.h"
#include "engine/data/sources/arrays/grey_numbers.h"

namespace elbow::data {
namespace {

// What dSprites varies, in the order of its columns, and its classes of shapes.
constexpr std::array<const char*, 6> kSpriteFactors = {"colour",      "shape", "size",
                                                       "orientation", "x",     "y"};
constexpr std::array<const char*, 3> kSpriteShapes = {"square", "ellipse", "heart"};
constexpr std::size_t kSpriteShapeColumn = 1;
constexpr std::size_t kMostFactors = 64;

// "[3, 0, 17]": the place of a value that was the so many-th in the file.
std::string place_of(const StoredArray& array, std::size_t at) {
    const std::size_t axes = array.shape.size();
    ArrayShape place(axes);
    for (std::size_t i = 0; i < axes; ++i) {
        const std::size_t axis = array.fortran ? i : axes - 1 - i;
        place[axis] = at % array.shape[axis];
        at /= array.shape[axis];
    }
    return text_of(place);
}

class StoreReader {
  public:
    StoreReader(ArrayStore& store, const ArrayRoles& roles, const StoreWords& words,
                const ArrayWishes& wishes, Progress& progress)
        : store_(store),
          roles_(roles),
          shown_as_(words.shown_as),
          wishes_(wishes),
          progress_(progress) {
        images_.form = words.form + " with " + what_is_used();
    }

    ArrayImages read() {
        images_.notes = roles_.notes;
        lay_out();
        read_values();
        if (roles_.classes != nullptr || roles_.factors != nullptr) read_factors();
        if (images_.labels.empty()) read_labels();
        return std::move(images_);
    }

  private:
    std::string named(const StoredArray& array) const {
        return array.name.empty() ? shown_as_ : "'" + array.name + "' in " + shown_as_;
    }

    // "x_train [60000, 28, 28] uint8, y_train, x_test, y_test"
    std::string what_is_used() const {
        const StoredArray& first = *roles_.parts.front().images;
        std::string text =
            (first.name.empty() ? "" : first.name + " ") + text_of(first.shape) + " " + first.type;
        for (const ArrayPart& part : roles_.parts) {
            if (part.images != &first) text += ", " + part.images->name;
            if (part.labels != nullptr) text += ", " + part.labels->name;
        }
        for (const StoredArray* array : {roles_.factors, roles_.classes})
            if (array != nullptr) text += ", " + array->name;
        return text;
    }

    // What each part is, before anything is read.
    void lay_out() {
        std::uint64_t count = 0;
        for (const ArrayPart& part : roles_.parts) {
            const StoredArray& array = *part.images;
            std::optional<std::uint64_t> labels;
            if (part.labels != nullptr && !part.labels->shape.empty()) {
                labels = *std::max_element(part.labels->shape.begin(), part.labels->shape.end());
            }
            layouts_.push_back(layout_of(array.shape, {array.fortran, store_.habit()}, wishes_,
                                         labels, named(array)));
            if (array.transposed) layouts_.back() = transposed(layouts_.back());
            const ImageLayout& layout = layouts_.back();
            if (!layout.note.empty()) images_.notes.push_back(layout.note);
            if (!(layout.shape == layouts_.front().shape)) {
                throw Error(shown_as_ + " has images of " + text_of(layouts_.front().shape) +
                            " in '" + roles_.parts.front().images->name + "' and of " +
                            text_of(layout.shape) + " in '" + array.name +
                            "': expected one size. Bring them to one, or save one part alone.");
            }
            count += static_cast<std::uint64_t>(layout.count);
            if (part.held_out) images_.held_out += layout.count;
        }
        images_.shape = layouts_.front().shape;
        const auto size = static_cast<std::uint64_t>(images_.shape.size());
        if (count > kLargestCount || count * size > kLargestBytes) {
            throw Error(shown_as_ + " has " + std::to_string(count) + " images of " +
                        text_of(images_.shape) + ": at most " + std::to_string(kLargestCount) +
                        " images and " + std::to_string(kLargestBytes) +
                        " bytes are read. Save a part of it.");
        }
        images_.count = static_cast<int>(count);
        check_memory();
    }

    std::uint64_t values_of_all() const {
        return std::accumulate(
            layouts_.begin(), layouts_.end(), std::uint64_t{0},
            [](std::uint64_t sum, const ImageLayout& layout) { return sum + layout.values(); });
    }

    // Fractions are kept as floats until the largest of them is known.
    void check_memory() const {
        const bool fractions = std::any_of(
            roles_.parts.begin(), roles_.parts.end(),
            [](const ArrayPart& part) { return part.images->type.starts_with("float"); });
        std::uint64_t needed = values_of_all() * (fractions ? sizeof(float) + 1 : 1);
        if (!std::all_of(layouts_.begin(), layouts_.end(), images_are_apart))
            needed += static_cast<std::uint64_t>(images_.count) *
                      static_cast<std::uint64_t>(images_.shape.size());
        const std::optional<std::uint64_t> available = available_below(needed);
        if (!available) return;
        throw Error("Reading the images of " + shown_as_ + " needs " + bytes_text(needed) +
                    " of memory, and " + bytes_text(*available) +
                    " are free. Save a part of it, or the images as pictures in a folder or an "
                    "archive, which are read one by one; or close other programs.");
    }

    void read_values() {
        GreyNumbers numbers;
        numbers.expect(values_of_all());
        for (std::size_t i = 0; i < layouts_.size(); ++i) {
            const StoredArray& array = *roles_.parts[i].images;
            const std::size_t begin = numbers.size();
            store_.read(array, numbers, progress_);
            if (const auto at = numbers.not_finite()) {
                throw Error(named(array) + " has NaN or an infinity at " +
                            place_of(array, *at - begin) +
                            ": expected finite numbers. numpy.nan_to_num() replaces them.");
            }
        }
        GreyValues grey = numbers.finish(shown_as_, progress_);
        images_.continuous = grey.continuous;
        images_.notes.insert(images_.notes.end(), grey.notes.begin(), grey.notes.end());
        if (layouts_.front().channels == 4)
            images_.notes.emplace_back("The fourth channel is opacity: colours lie over white.");
        images_.pixels = images_of(std::move(grey.values), layouts_, progress_);
    }

    std::vector<double> numbers_of(const StoredArray& array) {
        PlainNumbers numbers;
        store_.read(array, numbers, progress_);
        return std::move(numbers.values);
    }

    // [count, columns], row by row; nothing, with a note, where it is no such table.
    std::vector<double> table_of(const StoredArray& array, std::size_t& columns) {
        const bool table = array.refusal.empty() && array.shape.size() == 2 && !array.fortran &&
                           array.shape[0] == static_cast<std::uint64_t>(images_.count) &&
                           array.shape[1] >= 1 && array.shape[1] <= kMostFactors;
        if (!table) {
            images_.notes.push_back("'" + array.name + "' is " + text_of(array.shape) +
                                    ", not a row for each image, and was left out.");
            return {};
        }
        columns = array.shape[1];
        return numbers_of(array);
    }

    void read_factors() {
        std::size_t columns = 0;
        const StoredArray& array = roles_.factors != nullptr ? *roles_.factors : *roles_.classes;
        const std::vector<double> table = table_of(array, columns);
        const auto count = static_cast<std::size_t>(images_.count);
        for (std::size_t column = 0; !table.empty() && column < columns; ++column) {
            Factor factor{columns == kSpriteFactors.size() ? kSpriteFactors[column]
                                                           : "latent " + std::to_string(column + 1),
                          std::vector<float>(count),
                          {}};
            for (std::size_t i = 0; i < count; ++i)
                factor.train[i] = static_cast<float>(table[i * columns + column]);
            images_.factors.push_back(std::move(factor));
        }
        if (roles_.classes != nullptr) read_sprite_shapes();
    }

    void read_sprite_shapes() {
        std::size_t columns = 0;
        const std::vector<double> classes = table_of(*roles_.classes, columns);
        if (classes.empty() || columns != kSpriteFactors.size()) return;
        std::vector<double> shapes;
        for (std::size_t at = kSpriteShapeColumn; at < classes.size(); at += columns)
            shapes.push_back(classes[at]);
        set_labels(shapes, "shape", images_);
        if (images_.class_names.size() == kSpriteShapes.size())
            images_.class_names.assign(kSpriteShapes.begin(), kSpriteShapes.end());
    }

    // Of one part, a number for each image; nothing where a note says why.
    std::vector<double> part_labels(const StoredArray& array, std::uint64_t count) {
        if (!array.refusal.empty()) {
            images_.notes.push_back("'" + array.name + "' was left out: " + array.refusal);
            return {};
        }
        const std::uint64_t values = value_count(array.shape, named(array));
        const bool table = array.shape.size() == 2 && values != count;
        const bool sideways =
            table && store_.habit() == ImagesAre::kLast && array.shape[1] == count;
        if (array.shape.size() > 2 || (table && array.shape[0] != count && !sideways) ||
            (!table && values != count)) {
            throw Error(named(array) + " is " + text_of(array.shape) + " for " +
                        std::to_string(count) +
                        " images: expected one label an image. The two do not belong together.");
        }
        if (!table) return numbers_of(array);
        // A column-major [classes, N] lies in the file as a row-major [N, classes] does.
        const std::uint64_t classes = array.shape[sideways ? 0 : 1];
        std::vector<double> labels;
        if (classes <= 256 && sideways == array.fortran)
            labels = one_hot_classes(numbers_of(array), classes);
        if (labels.empty()) {
            images_.notes.push_back("'" + array.name + "' has " + std::to_string(classes) +
                                    " numbers an image and was left out: expected one.");
        }
        return labels;
    }

    void read_labels() {
        std::vector<double> labels;
        std::string name;
        for (std::size_t i = 0; i < layouts_.size(); ++i) {
            const StoredArray* array = roles_.parts[i].labels;
            if (array == nullptr) {
                if (!labels.empty()) {
                    images_.notes.push_back("'" + roles_.parts[i].images->name +
                                            "' has no labels, so all were left out.");
                }
                return;
            }
            const auto count = static_cast<std::uint64_t>(layouts_[i].count);
            const std::vector<double> more = part_labels(*array, count);
            if (more.empty()) return;
            labels.insert(labels.end(), more.begin(), more.end());
            if (name.empty()) name = array->name;
        }
        set_labels(labels, name, images_);
    }

    ArrayStore& store_;
    const ArrayRoles& roles_;
    const std::string& shown_as_;
    const ArrayWishes& wishes_;
    Progress& progress_;
    std::vector<ImageLayout> layouts_;  // of each part
    ArrayImages images_;
};

}  // namespace

ArrayImages images_of_store(ArrayStore& store, const StoreWords& words, const ArrayWishes& wishes,
                            Progress& progress) {
    return images_of_roles(store, array_roles(store.arrays(), store.habit(), words.shown_as), words,
                           wishes, progress);
}

ArrayImages images_of_roles(ArrayStore& store, const ArrayRoles& roles, const StoreWords& words,
                            const ArrayWishes& wishes, Progress& progress) {
    return StoreReader(store, roles, words, wishes, progress).read();
}

}  // namespace elbow::data
