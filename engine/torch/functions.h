#pragma once

// Layers and densities whose gradients are written out: the same as LibTorch's own words, but
// faster on the processor. Floats of the processor only, which is the caller's to see to; the
// result of each can be differentiated once.

#include <cstdint>
#include <vector>

#include "engine/torch/graph.h"

namespace elbow::torch_models {

// Whether the functions below can take it.
bool is_plain(const Tensor&);

// [B, C, H, W] with the channels of a pixel side by side in memory, as oneDNN likes it best.
Tensor channels_last(const Tensor& images);

// x [B, in] W [out, in]^T + b [out] -> [B, out], by our own matrix products.
Tensor affine(const Tensor& x, const Tensor& weight, const Tensor& bias);

// x [B, C, h, w] by weight [C, C', k, k] of stride 2, + bias [C'] -> [B, C', height, width]. It is
// the way back of a convolution, and oneDNN has that; LibTorch up to 2.0 multiplies matrices and
// scatters.
Tensor transposed_convolution(const Tensor& x, const Tensor& weight, const Tensor& bias,
                              std::int64_t padding, std::int64_t height, std::int64_t width);

// What LibTorch's transposed convolution of stride 2 has to add to be of that size.
std::vector<std::int64_t> beyond(const Tensor& x, const Tensor& weight, std::int64_t padding,
                                 std::int64_t height, std::int64_t width);

// log p(x|l) of Bernoullis, x [B, D] in [0, 1] and logits l [B, D] -> [B], nats.
Tensor bernoulli_log_density(const Tensor& x, const Tensor& logits);

}  // namespace elbow::torch_models
