#include "engine/data/held_out_pixels.h"

#include <cstddef>

namespace elbow::data {

std::vector<std::uint8_t> held_out_pixels(const Dataset& dataset, std::span<const int> images) {
    std::vector<std::uint8_t> pixels;
    pixels.reserve(images.size() * static_cast<std::size_t>(dataset.dimensions()));
    for (const int index : images) {
        const auto image = dataset.image(dataset.held_out, index);
        pixels.insert(pixels.end(), image.begin(), image.end());
    }
    return pixels;
}

}  // namespace elbow::data
