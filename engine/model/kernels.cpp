#include "engine/model/kernels.h"

#include <algorithm>
#include <bit>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"

namespace elbow::model {
namespace {

ELBOW_CLONES void convert(const std::uint8_t* pixels, float scale, std::int64_t count,
                          float* values) {
    for (std::int64_t i = 0; i < count; ++i) values[i] = static_cast<float>(pixels[i]) * scale;
}

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

// x l - softplus(l) through u = e^-|l| in (0, 1]: softplus(l) = max(l, 0) + ln(1 + u), and
// sigmoid(l) is 1 / (1 + u) or u / (1 + u). Sums in single precision over kLanes columns, then in
// double: 784 terms of a few nats.
constexpr int kLanes = 16;

struct LogLikelihoodTerm {
    float value;
    float sigmoid;
};

inline LogLikelihoodTerm bernoulli_term(float x, float l) {
    const float magnitude = l < 0.0f ? -l : l;
    const float u = fast::exp(-magnitude);
    const float positive_part = l > 0.0f ? l : 0.0f;
    const float inverse = 1.0f / (1.0f + u);
    return {x * l - (positive_part + fast::log1p_unit(u)), l >= 0.0f ? inverse : u * inverse};
}

ELBOW_CLONES double gradient_row(const float* __restrict targets, const float* __restrict bias,
                                 float weight, std::int64_t n, float* __restrict logits) {
    float sums[kLanes] = {};
    std::int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) {
            const float x = targets[i + lane];
            const auto [value, sigmoid] = bernoulli_term(x, logits[i + lane] + bias[i + lane]);
            sums[lane] += value;
            logits[i + lane] = weight * (x - sigmoid);
        }
    }
    double total = 0.0;
    for (; i < n; ++i) {
        const auto [value, sigmoid] = bernoulli_term(targets[i], logits[i] + bias[i]);
        total += value;
        logits[i] = weight * (targets[i] - sigmoid);
    }
    for (const float sum : sums) total += sum;
    return total;
}

ELBOW_CLONES double value_row(const std::uint8_t* __restrict pixels, float scale,
                              const float* __restrict logits, std::int64_t n) {
    float sums[kLanes] = {};
    std::int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) {
            sums[lane] +=
                bernoulli_term(static_cast<float>(pixels[i + lane]) * scale, logits[i + lane])
                    .value;
        }
    }
    double total = 0.0;
    for (; i < n; ++i)
        total += bernoulli_term(static_cast<float>(pixels[i]) * scale, logits[i]).value;
    for (const float sum : sums) total += sum;
    return total;
}

struct FlooredLogVariance {
    float w;
    float slope;  // dw / dv
};

template <bool kFloor>
inline FlooredLogVariance floored(float v) {
    if constexpr (!kFloor) return {v, 1.0f};
    const float t = v - kQuantisationLogVariance;
    const float u = fast::exp(t < 0.0f ? t : -t);
    const float inverse = 1.0f / (1.0f + u);
    return {kQuantisationLogVariance + (t > 0.0f ? t : 0.0f) + fast::log1p_unit(u),
            t >= 0.0f ? inverse : u * inverse};
}

struct GaussianTerm {
    float value;
    float mean_gradient, log_variance_gradient;
};

template <bool kFloor>
inline GaussianTerm gaussian_term(float x, float a, float v) {
    constexpr float kLogTwoPi = 1.837877066f;
    const auto [w, slope] = floored<kFloor>(v);
    const float precision = fast::exp(-w);
    const float m = 1.0f / (1.0f + fast::exp(-a));
    const float error = x - m;
    const float squared = error * error * precision;
    return {-0.5f * (kLogTwoPi + w + squared), error * precision * m * (1.0f - m),
            slope * (0.5f * squared - 0.5f)};
}

template <bool kFloor>
inline __attribute__((always_inline)) double gaussian_gradient_loop(const float* __restrict targets,
                                                                    const float* __restrict bias,
                                                                    float weight, std::int64_t n,
                                                                    float* __restrict outputs) {
    float sums[kLanes] = {};
    const auto one = [&](std::int64_t i) {
        const GaussianTerm term =
            gaussian_term<kFloor>(targets[i], outputs[i] + bias[i], outputs[n + i] + bias[n + i]);
        outputs[i] = weight * term.mean_gradient;
        outputs[n + i] = weight * term.log_variance_gradient;
        return term.value;
    };
    std::int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) sums[lane] += one(i + lane);
    }
    double total = 0.0;
    for (; i < n; ++i) total += one(i);
    for (const float sum : sums) total += sum;
    return total;
}

ELBOW_CLONES double floored_gaussian_gradient(const float* targets, const float* bias, float weight,
                                              std::int64_t n, float* outputs) {
    return gaussian_gradient_loop<true>(targets, bias, weight, n, outputs);
}

ELBOW_CLONES double free_gaussian_gradient(const float* targets, const float* bias, float weight,
                                           std::int64_t n, float* outputs) {
    return gaussian_gradient_loop<false>(targets, bias, weight, n, outputs);
}

template <bool kFloor>
inline __attribute__((always_inline)) double gaussian_value_loop(
    const std::uint8_t* __restrict pixels, float scale, const float* __restrict outputs,
    std::int64_t n) {
    float sums[kLanes] = {};
    const auto one = [&](std::int64_t i) {
        return gaussian_term<kFloor>(static_cast<float>(pixels[i]) * scale, outputs[i],
                                     outputs[n + i])
            .value;
    };
    std::int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) {
        for (int lane = 0; lane < kLanes; ++lane) sums[lane] += one(i + lane);
    }
    double total = 0.0;
    for (; i < n; ++i) total += one(i);
    for (const float sum : sums) total += sum;
    return total;
}

ELBOW_CLONES double floored_gaussian_value(const std::uint8_t* pixels, float scale,
                                           const float* outputs, std::int64_t n) {
    return gaussian_value_loop<true>(pixels, scale, outputs, n);
}

ELBOW_CLONES double free_gaussian_value(const std::uint8_t* pixels, float scale,
                                        const float* outputs, std::int64_t n) {
    return gaussian_value_loop<false>(pixels, scale, outputs, n);
}

// Adding 1.5 * 2^23 leaves the nearest whole number in the low bits of a float.
constexpr float kRound = 12582912.0f;

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

void to_float(const std::uint8_t* pixels, float scale, std::int64_t count, float* values) {
    convert(pixels, scale, count, values);
}

void add_bias_and_activate(Activation activation, const float* bias, std::int64_t rows,
                           std::int64_t columns, float* values) {
    const auto row_function = activation == Activation::kTanh ? bias_tanh_row : bias_relu_row;
    for (std::int64_t row = 0; row < rows; ++row)
        row_function(bias, columns, values + row * columns);
}

void add_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* values) {
    for (std::int64_t row = 0; row < rows; ++row) bias_row(bias, columns, values + row * columns);
}

void multiply_by_slope(Activation activation, const float* activated, std::int64_t count,
                       float* gradient) {
    (activation == Activation::kTanh ? tanh_slope : relu_slope)(activated, count, gradient);
}

double bernoulli_row_with_gradient(const float* targets, const float* bias, float weight,
                                   std::int64_t n, float* logits) {
    return gradient_row(targets, bias, weight, n, logits);
}

double bernoulli_row(const std::uint8_t* pixels, float scale, const float* logits, std::int64_t n) {
    return value_row(pixels, scale, logits, n);
}

double gaussian_row_with_gradient(const float* targets, const float* bias, float weight, bool floor,
                                  std::int64_t n, float* outputs) {
    return (floor ? floored_gaussian_gradient : free_gaussian_gradient)(targets, bias, weight, n,
                                                                        outputs);
}

double gaussian_row(const std::uint8_t* pixels, float scale, const float* outputs, bool floor,
                    std::int64_t n) {
    return (floor ? floored_gaussian_value : free_gaussian_value)(pixels, scale, outputs, n);
}

void apply_variance_floor(bool floor, std::int64_t n, float* outputs) {
    if (!floor) return;
    for (std::int64_t i = n; i < 2 * n; ++i) outputs[i] = floored<true>(outputs[i]).w;
}

void sigmoid_to_grey(const float* logits, std::int64_t count, std::uint8_t* grey) {
    grey_row(logits, count, grey);
}

void column_sums(const float* values, std::int64_t rows, std::int64_t columns, std::int64_t stride,
                 float* sums) {
    std::fill(sums, sums + columns, 0.0f);
    for (std::int64_t row = 0; row < rows; ++row) add_row(values + row * stride, columns, sums);
}

}  // namespace elbow::model
