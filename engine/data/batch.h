#pragma once

// A batch of images as the networks see it: the one place where they are gathered, scaled and
// redrawn. Pure functions, for any thread and any part of a batch.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/rng.h"
#include "engine/data/augmentation.h"

namespace elbow::data {

struct Batch {
    const std::uint8_t* pixels;              // of an image set, [images, D]
    std::int64_t dimensions;                 // D
    float scale;                             // target value = pixel * scale
    std::span<const std::uint32_t> indices;  // [M], rows of `pixels`; null: the first `count`
    std::uint64_t seen = 0;                  // training images before this batch
    const Stream* redraw = nullptr;  // not null: each target is drawn anew, black or white, with
                                     // the grey value as probability
    const std::uint8_t* labels = nullptr;  // of the image set, [images]; null: none are known
    std::int64_t count = 0;                // see `indices`
    // [D]: 0 where a value of each image has no part in log p(x|z); null: all have. An encoder sees
    // them all.
    const std::uint8_t* known = nullptr;
    const Augmentation* augmentation = nullptr;  // not null: how each image is varied

    std::int64_t rows() const {
        return indices.data() == nullptr ? count : static_cast<std::int64_t>(indices.size());
    }
    std::int64_t index(std::int64_t row) const {
        return indices.data() == nullptr ? row : indices[static_cast<std::size_t>(row)];
    }
    const std::uint8_t* image(std::int64_t row) const { return pixels + index(row) * dimensions; }
};

// Its rows [begin, begin + count) as a batch of their own, with the same targets.
Batch part_of(const Batch&, std::int64_t begin, std::int64_t count);

// The labels of its rows, [M]; empty where none are known.
std::vector<std::uint8_t> labels_of(const Batch&);

// values [count] = pixels [count] * scale
void scale_pixels(const std::uint8_t* pixels, float scale, std::int64_t count, float* values);

// Whether the targets of its rows are the pixels of its images, scaled.
inline bool is_as_stored(const Batch& batch) {
    return batch.redraw == nullptr && batch.augmentation == nullptr;
}

// The targets of rows [begin, end), in [0, 1]: values [end - begin, D]. A row's do not depend on
// the other rows.
void write_targets(const Batch&, std::int64_t begin, std::int64_t end, float* values);

}  // namespace elbow::data
