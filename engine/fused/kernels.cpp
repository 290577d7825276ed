#include "engine/fused/kernels.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"
#include "engine/data/batch.h"

namespace elbow::fused {
namespace {

ELBOW_CLONES void bias_tanh_row(const float* __restrict bias, std::int64_t n,
                                float* __restrict values) {
    for (std::int64_t i = 0; i < n; ++i) values[i] = fast::tanh(values[i] + bias[i]);
}

ELBOW_CLONES void bias_relu_row(const float* __restrict bias, std::int64_t n,
                                float* __restrict values) {
    for (std::int64_t i = 0; i < n; ++i) {
        const float sum = values[i] + bias[i];
        values[i] = sum > 0.0f ? sum : 0.0f;
    }
}

ELBOW_CLONES void bias_row(const float* __restrict bias, std::int64_t n, float* __restrict values) {
    for (std::int64_t i = 0; i < n; ++i) values[i] += bias[i];
}

ELBOW_CLONES void tanh_slope(const float* __restrict activated, std::int64_t n,
                             float* __restrict gradient) {
    for (std::int64_t i = 0; i < n; ++i) gradient[i] *= 1.0f - activated[i] * activated[i];
}

ELBOW_CLONES void relu_slope(const float* __restrict activated, std::int64_t n,
                             float* __restrict gradient) {
    for (std::int64_t i = 0; i < n; ++i) gradient[i] = activated[i] > 0.0f ? gradient[i] : 0.0f;
}

// A pixel's part of log p(x|z): value - log factor, with a factor in [1, 2].
struct Part {
    float value;
    float factor;
};

// The sum of part(i) over a block of pixels, the logarithms of the factors times log_weight. A
// softplus is the logarithm of such a factor, and the factors are multiplied before the logarithm
// is taken of all of them: 2^61 fits into a float and 2^960 into a double. Single precision within
// a lane, double across lanes.
constexpr int kLanes = 16;
constexpr std::int64_t kBlock = 60 * kLanes;  // the most pixels at once

template <class PartOf>
inline __attribute__((always_inline)) double sum_of_block(std::int64_t count, double log_weight,
                                                          const PartOf& part) {
    float values[kLanes] = {};
    float factors[kLanes];
    for (float& factor : factors) factor = 1.0f;
    std::int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) {
            const Part one = part(i + lane);
            values[lane] += one.value;
            factors[lane] *= one.factor;
        }
    }
    double value = 0.0;
    double factor = 1.0;
    for (; i < count; ++i) {
        const Part one = part(i);
        value += one.value;
        factor *= one.factor;
    }
    for (int lane = 0; lane < kLanes; ++lane) {
        value += values[lane];
        factor *= factors[lane];
    }
    return value - log_weight * std::log(factor);
}

// The sum of block(begin, count) over n pixels.
template <class Block>
double sum_of_blocks(std::int64_t n, const Block& block) {
    double sum = 0.0;
    for (std::int64_t begin = 0; begin < n; begin += kBlock)
        sum += block(begin, std::min(n - begin, kBlock));
    return sum;
}

// With u = e^-|l| in (0, 1], softplus(l) = max(l, 0) + log(1 + u), and sigmoid(l) is 1 / (1 + u) or
// u / (1 + u).
struct Softplus {
    float positive_part;
    float factor;   // 1 + u
    float sigmoid;  // the softplus' slope
    float negated;  // sigmoid(-l)
};

inline Softplus softplus(float l) {
    const float u = fast::exp(-std::abs(l));
    const float inverse = 1.0f / (1.0f + u);
    return {l > 0.0f ? l : 0.0f, 1.0f + u, (l < 0.0f ? u : 1.0f) * inverse,
            (l < 0.0f ? 1.0f : u) * inverse};
}

// log p(x|l) = x l - softplus(l)
inline Part bernoulli_part(float x, float l, const Softplus& at) {
    return {x * l - at.positive_part, at.factor};
}

ELBOW_CLONES double bernoulli_gradient_block(const float* __restrict targets,
                                             const float* __restrict bias, float weight,
                                             std::int64_t count, float* __restrict logits) {
    return sum_of_block(
        count, 1.0, [&](std::int64_t i) __attribute__((always_inline)) {
            const float x = targets[i];
            const float l = logits[i] + bias[i];
            const Softplus at = softplus(l);
            logits[i] = weight * (x - at.sigmoid);
            return bernoulli_part(x, l, at);
        });
}

ELBOW_CLONES double bernoulli_block(const float* __restrict targets, const float* __restrict logits,
                                    std::int64_t count) {
    return sum_of_block(
        count, 1.0, [&](std::int64_t i) __attribute__((always_inline)) {
            return bernoulli_part(targets[i], logits[i], softplus(logits[i]));
        });
}

// A Gaussian's log variance w and e^-w at the network's v: v itself, or softly floored,
// w = q + softplus(v - q) = base + log factor, with q the quantisation's.
struct LogVariance {
    float base;
    float factor;
    float slope;      // dw / dv
    float precision;  // e^-w
};

template <bool kFloor>
inline LogVariance log_variance(float v) {
    if constexpr (!kFloor) return {v, 1.0f, 1.0f, fast::exp(-v)};
    const Softplus above = softplus(v - model::kQuantisationLogVariance);
    return {model::kQuantisationLogVariance + above.positive_part, above.factor, above.sigmoid,
            model::kQuantisationPrecision * above.negated};
}

struct GaussianTerm {
    Part part;  // the factor's logarithm counts half
    float mean_gradient, log_variance_gradient;
};

template <bool kFloor>
inline GaussianTerm gaussian_term(float x, float a, float v) {
    constexpr float kLogTwoPi = 1.837877066f;
    const LogVariance w = log_variance<kFloor>(v);
    const float m = 1.0f / (1.0f + fast::exp(-a));
    const float error = x - m;
    const float squared = error * error * w.precision;
    return {{-0.5f * (kLogTwoPi + w.base + squared), w.factor},
            error * w.precision * m * (1.0f - m),
            w.slope * (0.5f * squared - 0.5f)};
}

// The row's a and v lie apart, as their biases do.
struct GaussianBlock {
    const float* a_bias;
    const float* v_bias;
    float* a;
    float* v;
};

template <bool kFloor>
inline __attribute__((always_inline)) double gaussian_gradient_loop(const float* __restrict targets,
                                                                    const GaussianBlock& block,
                                                                    float weight,
                                                                    std::int64_t count) {
    const float* __restrict a_bias = block.a_bias;
    const float* __restrict v_bias = block.v_bias;
    float* __restrict a = block.a;
    float* __restrict v = block.v;
    return sum_of_block(
        count, 0.5, [&](std::int64_t i) __attribute__((always_inline)) {
            const GaussianTerm term =
                gaussian_term<kFloor>(targets[i], a[i] + a_bias[i], v[i] + v_bias[i]);
            a[i] = weight * term.mean_gradient;
            v[i] = weight * term.log_variance_gradient;
            return term.part;
        });
}

ELBOW_CLONES double floored_gaussian_gradient(const float* targets, const GaussianBlock& block,
                                              float weight, std::int64_t count) {
    return gaussian_gradient_loop<true>(targets, block, weight, count);
}

ELBOW_CLONES double free_gaussian_gradient(const float* targets, const GaussianBlock& block,
                                           float weight, std::int64_t count) {
    return gaussian_gradient_loop<false>(targets, block, weight, count);
}

template <bool kFloor>
inline __attribute__((always_inline)) double gaussian_value_loop(const float* __restrict targets,
                                                                 const float* __restrict a,
                                                                 const float* __restrict v,
                                                                 std::int64_t count) {
    return sum_of_block(
        count, 0.5, [&](std::int64_t i) __attribute__((always_inline)) {
            return gaussian_term<kFloor>(targets[i], a[i], v[i]).part;
        });
}

ELBOW_CLONES double floored_gaussian_value(const float* targets, const float* a, const float* v,
                                           std::int64_t count) {
    return gaussian_value_loop<true>(targets, a, v, count);
}

ELBOW_CLONES double free_gaussian_value(const float* targets, const float* a, const float* v,
                                        std::int64_t count) {
    return gaussian_value_loop<false>(targets, a, v, count);
}

// Adding 1.5 * 2^23 leaves the nearest whole number in the low bits of a float.
constexpr float kRound = 12582912.0f;

ELBOW_CLONES void sigmoid_row(const float* __restrict logits, std::int64_t n,
                              float* __restrict values) {
    for (std::int64_t i = 0; i < n; ++i) values[i] = 1.0f / (1.0f + fast::exp(-logits[i]));
}

ELBOW_CLONES void grey_row(const float* __restrict logits, std::int64_t n,
                           std::uint8_t* __restrict grey) {
    for (std::int64_t i = 0; i < n; ++i) {
        const float sigmoid = 1.0f / (1.0f + fast::exp(-logits[i]));
        grey[i] =
            static_cast<std::uint8_t>(std::bit_cast<std::uint32_t>(255.0f * sigmoid + kRound));
    }
}

ELBOW_CLONES void add_row(const float* __restrict row, std::int64_t n, float* __restrict sums) {
    for (std::int64_t i = 0; i < n; ++i) sums[i] += row[i];
}

}  // namespace

void add_bias_and_activate(Activation activation, const float* bias, std::int64_t rows,
                           std::int64_t columns, std::int64_t stride, float* values) {
    const auto row_function = activation == Activation::kTanh ? bias_tanh_row : bias_relu_row;
    for (std::int64_t row = 0; row < rows; ++row)
        row_function(bias, columns, values + row * stride);
}

void add_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* values) {
    for (std::int64_t row = 0; row < rows; ++row) bias_row(bias, columns, values + row * columns);
}

void multiply_by_slope(Activation activation, const float* activated, std::int64_t rows,
                       std::int64_t columns, std::int64_t stride, float* gradient) {
    const auto row_function = activation == Activation::kTanh ? tanh_slope : relu_slope;
    for (std::int64_t row = 0; row < rows; ++row)
        row_function(activated + row * stride, columns, gradient + row * stride);
}

double bernoulli_row_with_gradient(const float* targets, const float* bias, float weight,
                                   std::int64_t n, float* logits) {
    return sum_of_blocks(n, [&](std::int64_t begin, std::int64_t count) {
        return bernoulli_gradient_block(targets + begin, bias + begin, weight, count,
                                        logits + begin);
    });
}

double bernoulli_row(const std::uint8_t* pixels, float scale, const float* logits, std::int64_t n) {
    return sum_of_blocks(n, [&](std::int64_t begin, std::int64_t count) {
        std::array<float, kBlock> targets;
        data::scale_pixels(pixels + begin, scale, count, targets.data());
        return bernoulli_block(targets.data(), logits + begin, count);
    });
}

double gaussian_row_with_gradient(const float* targets, const float* bias, float weight, bool floor,
                                  std::int64_t n, float* outputs) {
    const auto gradient = floor ? floored_gaussian_gradient : free_gaussian_gradient;
    return sum_of_blocks(n, [&](std::int64_t begin, std::int64_t count) {
        return gradient(targets + begin,
                        {bias + begin, bias + n + begin, outputs + begin, outputs + n + begin},
                        weight, count);
    });
}

double gaussian_row(const std::uint8_t* pixels, float scale, const float* outputs, bool floor,
                    std::int64_t n) {
    const auto value = floor ? floored_gaussian_value : free_gaussian_value;
    return sum_of_blocks(n, [&](std::int64_t begin, std::int64_t count) {
        std::array<float, kBlock> targets;
        data::scale_pixels(pixels + begin, scale, count, targets.data());
        return value(targets.data(), outputs + begin, outputs + n + begin, count);
    });
}

void apply_variance_floor(bool floor, std::int64_t n, float* outputs) {
    if (!floor) return;
    for (std::int64_t i = n; i < 2 * n; ++i) {
        const LogVariance w = log_variance<true>(outputs[i]);
        outputs[i] = w.base + fast::log(w.factor);
    }
}

void sigmoid(const float* logits, std::int64_t count, float* values) {
    sigmoid_row(logits, count, values);
}

void sigmoid_to_grey(const float* logits, std::int64_t count, std::uint8_t* grey) {
    grey_row(logits, count, grey);
}

void column_sums(const float* values, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                 float* sums) {
    std::fill(sums, sums + columns, 0.0f);
    for (std::int64_t row = 0; row < rows; ++row) add_row(values + row * stride, columns, sums);
}

}  // namespace elbow::fused
