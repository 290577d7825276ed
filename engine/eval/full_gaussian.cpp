#include "engine/eval/full_gaussian.h"

#include <cmath>

#include "engine/model/gaussian.h"

namespace elbow::eval {
namespace {

// What is left of a dimension's variance when the others are known, at least, for samples that span
// it; single precision leaves rounding errors of about this part.
constexpr double kSmallestPart = 1e-9;

// matrix [n, n], symmetric, becomes its lower Cholesky factor; false where it has none.
bool factorize(std::vector<double>& matrix, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k) rest -= matrix[i * n + k] * matrix[j * n + k];
            if (j < i) {
                matrix[i * n + j] = rest / matrix[j * n + j];
                continue;
            }
            const double variance = matrix[i * n + i];
            if (!(rest > kSmallestPart * variance) || !std::isfinite(rest)) return false;
            matrix[i * n + i] = std::sqrt(rest);
        }
    }
    return true;
}

}  // namespace

std::optional<FullGaussian> FullGaussian::fit(std::span<const float> samples, std::size_t latents) {
    const std::size_t count = samples.size() / latents;
    if (count < 2) return std::nullopt;
    FullGaussian result;
    result.mean_.assign(latents, 0.0);
    for (std::size_t k = 0; k < samples.size(); ++k) {
        result.mean_[k % latents] += samples[k] / static_cast<double>(count);
    }
    result.lower_.assign(latents * latents, 0.0);
    for (std::size_t s = 0; s < count; ++s) {
        for (std::size_t i = 0; i < latents; ++i) {
            const double by_i = samples[s * latents + i] - result.mean_[i];
            for (std::size_t j = 0; j <= i; ++j) {
                const double by_j = samples[s * latents + j] - result.mean_[j];
                result.lower_[i * latents + j] += by_i * by_j / static_cast<double>(count - 1);
            }
        }
    }
    if (!factorize(result.lower_, latents)) return std::nullopt;
    result.log_normalizer_ = -0.5 * model::kLog2Pi * static_cast<double>(latents);
    for (std::size_t i = 0; i < latents; ++i) {
        result.log_normalizer_ -= std::log(result.lower_[i * latents + i]);
    }
    return result;
}

double FullGaussian::log_density(std::span<const float> z) const {
    const std::size_t n = mean_.size();
    std::vector<double> whitened(n);  // L^-1 (z - mean)
    double squares = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        double rest = z[i] - mean_[i];
        for (std::size_t k = 0; k < i; ++k) rest -= lower_[i * n + k] * whitened[k];
        whitened[i] = rest / lower_[i * n + i];
        squares += whitened[i] * whitened[i];
    }
    return log_normalizer_ - 0.5 * squares;
}

}  // namespace elbow::eval
