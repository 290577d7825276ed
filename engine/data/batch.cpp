#include "engine/data/batch.h"

#include "engine/core/clones.h"

namespace elbow::data {
namespace {

constexpr std::int64_t kAhead = 2;  // images

ELBOW_CLONES void convert(const std::uint8_t* __restrict pixels, float scale, std::int64_t count,
                          float* __restrict values) {
    for (std::int64_t i = 0; i < count; ++i) values[i] = static_cast<float>(pixels[i]) * scale;
}

// Images of a batch lie anywhere in memory: asks for one that will be read soon.
void ask_for(const std::uint8_t* pixels, std::int64_t count) {
    constexpr std::int64_t kCacheLine = 64;
    for (std::int64_t i = 0; i < count; i += kCacheLine) __builtin_prefetch(pixels + i);
}

}  // namespace

void scale_pixels(const std::uint8_t* pixels, float scale, std::int64_t count, float* values) {
    convert(pixels, scale, count, values);
}

Batch part_of(const Batch& whole, std::int64_t begin, std::int64_t count) {
    Batch part = whole;
    part.seen += static_cast<std::uint64_t>(begin);
    if (whole.indices.data() != nullptr) {
        part.indices =
            whole.indices.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(count));
        return part;
    }
    part.pixels += begin * whole.dimensions;
    if (part.labels != nullptr) part.labels += begin;
    part.count = count;
    return part;
}

std::vector<std::uint8_t> labels_of(const Batch& batch) {
    std::vector<std::uint8_t> labels;
    if (batch.labels == nullptr) return labels;
    labels.reserve(static_cast<std::size_t>(batch.rows()));
    for (std::int64_t row = 0; row < batch.rows(); ++row)
        labels.push_back(batch.labels[batch.index(row)]);
    return labels;
}

void write_targets(const Batch& batch, std::int64_t begin, std::int64_t end, float* values) {
    const std::int64_t d = batch.dimensions;
    for (std::int64_t row = begin; row < end; ++row, values += d) {
        if (row + kAhead < end) ask_for(batch.image(row + kAhead), d);
        const std::uint64_t seen = batch.seen + static_cast<std::uint64_t>(row);
        if (batch.augmentation == nullptr) {
            convert(batch.image(row), batch.scale, d, values);
        } else {
            write_augmented(*batch.augmentation, batch.image(row), batch.scale, seen, values);
        }
        if (batch.redraw == nullptr) continue;
        batch.redraw->bernoullis(seen * static_cast<std::uint64_t>(d),
                                 {values, static_cast<std::size_t>(d)});
    }
}

}  // namespace elbow::data
