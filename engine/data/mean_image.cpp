#include "engine/data/mean_image.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace elbow::data {
namespace {

constexpr int kMostImages = 10'000;

}  // namespace

std::vector<float> mean_image(const Dataset& dataset, int count) {
    const int taken = std::min(count, kMostImages);
    std::vector<std::uint64_t> sums(static_cast<std::size_t>(dataset.dimensions()), 0);
    for (std::int64_t i = 0; i < taken; ++i) {
        const auto pixels = dataset.image(dataset.train, static_cast<int>(i * count / taken));
        for (std::size_t d = 0; d < sums.size(); ++d) sums[d] += pixels[d];
    }
    std::vector<float> mean(sums.size(), 0.0F);
    for (std::size_t d = 0; taken > 0 && d < sums.size(); ++d)
        mean[d] = static_cast<float>(sums[d]) * dataset.scale / static_cast<float>(taken);
    return mean;
}

}  // namespace elbow::data
