#pragma once

// What an estimator keeps for every training image, [images, N], and the rows of a minibatch in it.
// Pure functions.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace elbow::estimator {

// The rows of these images, [images.size(), N].
inline std::vector<float> gather_rows(const std::vector<float>& kept, std::size_t latents,
                                      std::span<const std::uint32_t> images) {
    std::vector<float> rows(images.size() * latents);
    for (std::size_t row = 0; row < images.size(); ++row)
        std::copy_n(kept.data() + images[row] * latents, latents, rows.data() + row * latents);
    return rows;
}

// Puts rows [images.size(), N] back; of an image that stands there twice the later one stays.
inline void scatter_rows(std::span<const float> rows, std::size_t latents,
                         std::span<const std::uint32_t> images, std::vector<float>& kept) {
    for (std::size_t row = 0; row < images.size(); ++row)
        std::copy_n(rows.data() + row * latents, latents, kept.data() + images[row] * latents);
}

}  // namespace elbow::estimator
