#include "engine/data/augmentation.h"

#include <algorithm>

namespace elbow::data {
namespace {

constexpr std::uint64_t kDraws = 3;  // of an image: right, down, flipped

int shift_of(const Stream& stream, std::uint64_t position, int side) {
    const int most = most_shift(side), ways = 2 * most + 1;
    return static_cast<int>(stream.below(position, static_cast<std::uint64_t>(ways))) - most;
}

}  // namespace

Augmentation augmentation_of(std::string_view name, ImageShape shape, const Stream& stream) {
    return {&stream, shape, name == "shifts" || name == "both", name == "flips" || name == "both"};
}

int most_shift(int side) { return std::max(1, (side + 8) / 16); }

void write_augmented(const Augmentation& how, const std::uint8_t* pixels, float scale,
                     std::uint64_t seen, float* values) {
    const ImageShape& shape = how.shape;
    const std::uint64_t position = seen * kDraws;
    const int right = how.shifts ? shift_of(*how.stream, position, shape.width) : 0;
    const int down = how.shifts ? shift_of(*how.stream, position + 1, shape.height) : 0;
    const bool flipped = how.flips && how.stream->below(position + 2, 2) == 1;
    // Where each column of the new image comes from.
    std::vector<int> columns(static_cast<std::size_t>(shape.width));
    for (int x = 0; x < shape.width; ++x) {
        const int from = std::clamp(x - right, 0, shape.width - 1);
        columns[static_cast<std::size_t>(x)] = flipped ? shape.width - 1 - from : from;
    }
    for (int channel = 0; channel < shape.channels; ++channel) {
        for (int y = 0; y < shape.height; ++y) {
            const int from = std::clamp(y - down, 0, shape.height - 1);
            const std::uint8_t* row = pixels + (channel * shape.height + from) * shape.width;
            for (const int column : columns) *values++ = static_cast<float>(row[column]) * scale;
        }
    }
}

}  // namespace elbow::data
