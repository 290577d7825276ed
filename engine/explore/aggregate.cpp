#include "engine/explore/aggregate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "engine/core/rng.h"

namespace elbow::explore {

std::vector<float> aggregate_histograms(const LatentMap& map, std::span<const float> ends,
                                        int bins) {
    const auto latents = static_cast<std::size_t>(map.latents);
    const auto width = static_cast<std::size_t>(bins);
    std::vector<float> counts(latents * width, 0.0F);
    // One number an image, the same for all latents, which are looked at one by one.
    std::vector<float> noise(static_cast<std::size_t>(map.count));
    Stream(1, "aggregate").normals(0, noise);
    for (std::size_t image = 0; image < noise.size(); ++image) {
        for (std::size_t latent = 0; latent < latents; ++latent) {
            const std::size_t at = image * latents + latent;
            const float z = map.mean[at] + map.deviation[at] * noise[image];
            const float part = 0.5F * (z / ends[latent] + 1.0F);  // NaN is in no bin
            if (!(part >= 0.0F && part < 1.0F)) continue;
            const auto bin = static_cast<std::size_t>(part * static_cast<float>(bins));
            counts[latent * width + std::min(bin, width - 1)] += 1.0F;
        }
    }
    for (std::size_t latent = 0; latent < latents; ++latent) {
        const auto own = std::span(counts).subspan(latent * width, width);
        const float most = *std::max_element(own.begin(), own.end());
        for (float& count : own) count = most > 0.0F ? count / most : 0.0F;
    }
    return counts;
}

}  // namespace elbow::explore
