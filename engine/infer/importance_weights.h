#pragma once

// The log weights log p(x, z) - log q(z|x) of samples from the posteriors of images: what both the
// bound (their mean) and the importance-weighted estimate (their log-mean-exp) are made of. Works
// in blocks of a fixed number of rows, whatever the number of samples.

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

// Draws z [R, N] from epsilon [R, N], row r from the posterior number rows[r], with log q(z|x) of
// each [R] in nats.
using DrawPosteriors =
    std::function<void(std::span<const std::uint32_t> rows, std::span<const float> epsilon,
                       std::span<float> z, std::span<double> log_q)>;

// Calls use(image, log weight in nats) for each of `samples` draws of each image, image being the
// row of q; in order, image after image. Sample s of image number j is the same whatever else is
// evaluated, so that more samples extend what fewer have drawn. `between_blocks`, if given, is
// called with the part done, in [0, 1], and may throw to stop. Throws UsageError without samples.
void for_each_log_weight(LogJoint&, std::span<const std::uint32_t> images, const DrawPosteriors&,
                         int samples, const Stream& noise,
                         const std::function<void(std::size_t image, double log_weight)>& use,
                         const std::function<void(double fraction)>& between_blocks = {});

// Of Gaussians that are given. Throws Error where the shapes do not fit together.
DrawPosteriors draws_from(DiagonalGaussians, std::size_t images, int latents);

}  // namespace elbow::infer
