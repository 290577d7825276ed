#pragma once

// The log weights log p(x, z) - log q(z|x) of samples from per-image Gaussians with diagonal
// covariance: what both the bound (their mean) and the importance-weighted estimate (their
// log-mean-exp) are made of. Works in blocks of a fixed number of rows, whatever the number of
// samples.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/core/rng.h"
#include "engine/infer/log_joint.h"

namespace elbow::infer {

// q(z|x) of a batch of images, each [count, N]; the variance is e^log_variance.
struct DiagonalGaussians {
    std::span<const float> mean;
    std::span<const float> log_variance;
};

// z = mean + e^(log_variance / 2) * epsilon for one image, all [N]; returns log q(z|x) in nats.
double place_sample(std::span<const float> mean, std::span<const float> log_variance,
                    std::span<const float> epsilon, std::span<float> z);

// Calls use(image, log weight in nats) for each of `samples` draws of each image, image being the
// row of q; in order, image after image. Sample s of image number j is the same whatever else is
// evaluated, so that more samples extend what fewer have drawn. `between_blocks`, if given, is
// called with the part done, in [0, 1], and may throw to stop. Throws Error where the shapes do not
// fit together and UsageError without samples.
void for_each_log_weight(LogJoint&, std::span<const std::uint32_t> images, DiagonalGaussians,
                         int samples, const Stream& noise,
                         const std::function<void(std::size_t image, double log_weight)>& use,
                         const std::function<void(double fraction)>& between_blocks = {});

}  // namespace elbow::infer
