#pragma once

// The importance-weighted estimate of log p(x) (Burda et al. 2015): in expectation a lower bound,
// which rises with the number of samples k towards log p(x). For any number of latents.

#include <cstdint>
#include <functional>
#include <span>

#include "engine/eval/image_mean.h"
#include "engine/infer/importance_weights.h"
#include "engine/infer/log_joint.h"

namespace elbow::eval {

// logsumexp_k[log p(x, z_k) - log q(z_k|x)] - log k in nats for each of `images`, with k samples of
// its q(z|x). Memory does not grow with k. Deterministic: an image's samples follow from the seed
// and its number alone, and a larger k extends a smaller one's. An image with a weight that is not
// a number has no value. `progress`, if given, is called now and then with the part done, in [0,
// 1], and may throw to stop. Throws UsageError for k < 1.
ImageMean importance_weighted(infer::LogJoint&, std::span<const std::uint32_t> images,
                              const infer::DrawPosteriors&, int k, std::uint64_t seed,
                              const std::function<void(double fraction)>& progress = {});

}  // namespace elbow::eval
