#include "app/bench/memory_images.h"

#include <cstdint>
#include <utility>

namespace elbow::bench {
namespace {

// splitmix64's finaliser over a counter: eight grey values from each number.
std::uint64_t mixed(std::uint64_t number) {
    number *= 0x9E3779B97F4A7C15ULL;
    number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9ULL;
    number = (number ^ (number >> 27)) * 0x94D049BB133111EBULL;
    return number ^ (number >> 31);
}

void fill(data::ImageSet& set, int count, const ImageSizes& sizes, std::uint64_t first) {
    set.count = count;
    std::vector<std::uint8_t>& pixels = set.pixels.own();
    pixels.resize(static_cast<std::size_t>(count) * static_cast<std::size_t>(sizes.height) *
                  static_cast<std::size_t>(sizes.width));
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (i % 8 == 0) {
            const std::uint64_t place = first + i / 8;
            const bool is_black = std::cmp_less(mixed(~place) % 100, sizes.black_percent);
            bits = is_black ? 0 : mixed(place);
        }
        pixels[i] = static_cast<std::uint8_t>(bits >> (8 * (i % 8)));
    }
}

}  // namespace

std::shared_ptr<const data::Dataset> images_in_memory(const ImageSizes& sizes) {
    auto dataset = std::make_shared<data::Dataset>();
    dataset->name = "noise";
    dataset->title = "Noise";
    dataset->height = sizes.height;
    dataset->width = sizes.width;
    dataset->continuous = sizes.continuous;
    fill(dataset->train, sizes.train, sizes, 1);
    fill(dataset->held_out, sizes.held_out, sizes, std::uint64_t{1} << 40);
    return dataset;
}

}  // namespace elbow::bench
