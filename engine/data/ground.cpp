#include "engine/data/ground.h"

#include <algorithm>
#include <array>

namespace elbow::data {
namespace {

constexpr int kImagesLookedAt = 200;

// The value that half of what was counted lies below.
std::uint8_t median_of(const std::array<std::size_t, 256>& counts) {
    std::size_t all = 0, below = 0;
    for (const std::size_t count : counts) all += count;
    for (std::size_t value = 0; value < counts.size(); ++value) {
        below += counts[value];
        if (2 * below > all) return static_cast<std::uint8_t>(value);
    }
    return 0;
}

}  // namespace

std::vector<std::uint8_t> ground_of(const Dataset& dataset) {
    std::vector<std::uint8_t> ground;
    for (int channel = 0; channel < dataset.channels; ++channel) {
        std::array<std::size_t, 256> counts{};
        for (int i = 0; i < std::min(kImagesLookedAt, dataset.held_out.count); ++i) {
            const auto image = dataset.image(dataset.held_out, i);
            for (int y = 0; y < dataset.height; ++y) {
                const bool rim = y == 0 || y == dataset.height - 1;
                // Of a line in the middle only its two ends.
                const int step = rim ? 1 : std::max(1, dataset.width - 1);
                for (int x = 0; x < dataset.width; x += step) {
                    const int at = (channel * dataset.height + y) * dataset.width + x;
                    ++counts[image[static_cast<std::size_t>(at)]];
                }
            }
        }
        ground.push_back(median_of(counts));
    }
    return ground;
}

}  // namespace elbow::data
