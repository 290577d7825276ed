#include "engine/infer/likely_starts.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "engine/core/rng.h"
#include "engine/model/gaussian.h"

namespace elbow::infer {

std::vector<float> likely_starts(LogJoint& joint, std::span<const std::uint32_t> images, int draws,
                                 std::uint64_t seed) {
    const auto latents = static_cast<std::size_t>(joint.latents());
    const Stream noise(seed, "likely starts");
    std::vector<float> starts(images.size() * latents, 0.0F);
    std::vector<double> best(images.size(), -std::numeric_limits<double>::infinity());
    std::vector<double> log_density(images.size());
    std::vector<float> drawn(latents);
    std::vector<float> z(images.size() * latents);
    for (int draw = 0; draw < draws; ++draw) {
        model::draw_prior(noise, static_cast<std::uint64_t>(draw) * latents, drawn);
        for (std::size_t row = 0; row < images.size(); ++row) {
            std::copy(drawn.begin(), drawn.end(),
                      z.begin() + static_cast<std::ptrdiff_t>(row * latents));
        }
        joint.evaluate(images, z, log_density, {});
        for (std::size_t row = 0; row < images.size(); ++row) {
            if (!(log_density[row] > best[row])) continue;
            best[row] = log_density[row];
            std::copy(drawn.begin(), drawn.end(),
                      starts.begin() + static_cast<std::ptrdiff_t>(row * latents));
        }
    }
    return starts;
}

}  // namespace elbow::infer
