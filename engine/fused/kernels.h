#pragma once

// The element-wise loops of the networks, each fused so that a row is read once. Rows are
// contiguous where no distance from one to the next is given.

#include <cstdint>

#include "engine/fused/architecture.h"
#include "engine/model/quantised.h"

namespace elbow::fused {

// values [rows, columns] = activation(values + bias [columns]); stride: from one row to the next.
void add_bias_and_activate(Activation, const float* bias, std::int64_t rows, std::int64_t columns,
                           std::int64_t stride, float* values);

// values [rows, columns] += bias [columns]
void add_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* values);

// gradient [rows, columns] *= activation'(at the input whose activation is `activated`, of the same
// shape); stride: from one row of both to the next.
void multiply_by_slope(Activation, const float* activated, std::int64_t rows, std::int64_t columns,
                       std::int64_t stride, float* gradient);

// One row of a Bernoulli decoder: logits [n] (bias not yet added) become weight * (x - sigmoid(l)),
// the gradient of weight * log p(x|z) by l; returns log p(x|z) = sum x l - softplus(l), in nats.
double bernoulli_row_with_gradient(const float* targets, const float* bias, float weight,
                                   std::int64_t n, float* logits);

// The same without gradient; the bias is in the logits already and targets are pixels * scale.
double bernoulli_row(const std::uint8_t* pixels, float scale, const float* logits, std::int64_t n);

// values [count] = sigmoid(logits [count])
void sigmoid(const float* logits, std::int64_t count, float* values);
// grey [count] = 255 sigmoid(logits [count]), rounded
void sigmoid_to_grey(const float* logits, std::int64_t count, std::uint8_t* grey);

// The same pair for a Gaussian decoder, whose row holds a [n] and v [n]: the mean is m =
// sigmoid(a), the variance e^w. log p(x|z) = -1/2 sum [log 2 pi + w + (x - m)^2 e^-w], a density,
// in nats. With a floor, w = floor + softplus(v - floor) stays above it and is v far above;
// without, w = v.
double gaussian_row_with_gradient(const float* targets, const float* bias, float weight, bool floor,
                                  std::int64_t n, float* outputs);
double gaussian_row(const std::uint8_t* pixels, float scale, const float* outputs, bool floor,
                    std::int64_t n);

// outputs [2 n] of a Gaussian decoder: v becomes w, as above; nothing without a floor.
void apply_variance_floor(bool floor, std::int64_t n, float* outputs);

// sums [columns] = column sums of values [rows, columns], whose rows are `stride` apart
void column_sums(const float* values, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                 float* sums);

}  // namespace elbow::fused
