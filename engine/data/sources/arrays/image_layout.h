#pragma once

// Which axis of an array is which, and the images in Elbow's order. Pure functions.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/data/sources/array_images.h"

namespace elbow::data {

using ArrayShape = std::vector<std::uint64_t>;

std::string text_of(const ArrayShape&);  // "[60000, 28, 28]"

// The product, at least 1. Throws Error that names `shown_as` where a side is 0 or larger than any
// data set's, or where the values are more than are read (idx.h).
std::uint64_t value_count(const ArrayShape&, const std::string& shown_as);

enum class ImagesAre {
    kFirst,  // numpy's habit: [N, H, W], [N, D]
    kLast    // MATLAB's: [H, W, N], [D, N], unless the sides speak against it
};

struct ArrayOrder {
    bool fortran = false;  // the first index is the fastest
    ImagesAre images = ImagesAre::kFirst;
};

struct ImageLayout {
    int count = 0;
    ImageShape shape;  // 1 or 3 channels
    int channels = 1;  // in the file: 1, 3, or 4 with an opacity
    // Of image, channel, row and column, in values.
    std::array<std::uint64_t, 4> strides{};
    std::string note;  // what was a choice; empty: nothing

    std::uint64_t values() const {  // in the file
        return std::uint64_t{1} * count * channels * shape.height * shape.width;
    }
};

// Throws Error that names `shown_as` where no axes are those of images, where a row of numbers has
// no size and `wishes` says none, and where the images would be absurdly large. `labels`: how many
// there are, where that is known.
ImageLayout layout_of(const ArrayShape&, const ArrayOrder&, const ArrayWishes&,
                      std::optional<std::uint64_t> labels, const std::string& shown_as);

// The size of a row of so many numbers: the wished one, else a square; absent where it has none.
std::optional<ImageShape> shape_of_row(std::uint64_t numbers, const ArrayWishes&);
// For an Error: what was found and which option says the size.
std::string ask_for_size(std::uint64_t numbers, const ArrayWishes&);

// Rows and columns the other way round: EMNIST's.
ImageLayout transposed(ImageLayout);

// The images [count, C, H, W] of values as the file has them, those of each layout after those of
// the one before, which have one shape. Takes no memory beside the values where images_are_apart().
// Throws Cancelled.
std::vector<std::uint8_t> images_of(std::vector<std::uint8_t> values, std::span<const ImageLayout>,
                                    const Progress&);
// Whether the values of an image lie together, and the images one after the other.
bool images_are_apart(const ImageLayout&);

}  // namespace elbow::data
