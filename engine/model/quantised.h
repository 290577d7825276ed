#pragma once

// What Gaussian likelihoods of pixels have in common: grey values are rounded to one of 256, and
// below the variance of that a density means nothing.

#include "engine/model/tensor_math.h"

namespace elbow::model {

// 1 / variance of rounding, (1 / 256)^2 / 12.
inline constexpr float kQuantisationPrecision = 12.0f * 256.0f * 256.0f;
inline constexpr float kQuantisationLogVariance = -13.5752615f;  // -ln of it

// A log variance that stays above that of rounding, and is v far above it.
template <class Tensor>
Tensor floored_log_variance(const Tensor& v) {
    constexpr double kLowest = kQuantisationLogVariance;
    return kLowest + softplus_of(v - kLowest);
}

}  // namespace elbow::model
