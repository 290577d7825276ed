#pragma once

// Where to start a chain for an image that no encoder has seen. Pure function of its arguments.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/infer/log_joint.h"

namespace elbow::infer {

// Enough to come near the bulk of p(z|x) in the few latents for which chains are used.
inline constexpr int kStartDraws = 500;

// [count, N]: for each image the z of the greatest log p(x, z) among `draws` from the prior, the
// same ones for all images. A chain that starts at 0 may never leave a lesser mode.
std::vector<float> likely_starts(LogJoint&, std::span<const std::uint32_t> images, int draws,
                                 std::uint64_t seed);

}  // namespace elbow::infer
