#pragma once

// Models of which everything is known, to hold inference against: x = W z + b + noise, whose log
// p(x) and p(z|x) have closed forms, in double precision and as plainly as can be.

#include <cmath>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/core/rng.h"
#include "engine/infer/log_joint.h"

namespace elbow::test {

inline constexpr double kLog2Pi = 1.8378770664093453;

// The lower Cholesky factor L of a symmetric positive matrix [n, n]: matrix = L L^T.
inline std::vector<double> cholesky(const std::vector<double>& matrix, std::size_t n) {
    std::vector<double> lower(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = matrix[i * n + j];
            for (std::size_t k = 0; k < j; ++k) rest -= lower[i * n + k] * lower[j * n + k];
            lower[i * n + j] = i == j ? std::sqrt(rest) : rest / lower[j * n + j];
        }
    }
    return lower;
}

// x with (L L^T) x = right.
inline std::vector<double> solve(const std::vector<double>& lower, std::vector<double> right) {
    const std::size_t n = right.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= lower[i * n + k] * right[k];
        right[i] /= lower[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k) right[i] -= lower[k * n + i] * right[k];
        right[i] /= lower[i * n + i];
    }
    return right;
}

inline double log_determinant(const std::vector<double>& lower, std::size_t n) {
    double sum = 0.0;
    for (std::size_t i = 0; i < n; ++i) sum += 2.0 * std::log(lower[i * n + i]);
    return sum;
}

class LinearGaussian : public infer::LogJoint {
  public:
    // weights [D, N], bias [D], images [count, D]; the noise is N(0, deviation^2 I).
    LinearGaussian(std::size_t latents, std::vector<double> weights, std::vector<double> bias,
                   double deviation, std::vector<double> images)
        : latents_(latents),
          weights_(std::move(weights)),
          bias_(std::move(bias)),
          variance_(deviation * deviation),
          images_(std::move(images)) {}

    // W and b drawn at random, `count` images drawn from the model. With `orthogonal` columns of W
    // the posterior's covariance is diagonal, and of another size in each latent.
    static LinearGaussian random(std::size_t dimensions, std::size_t latents, std::size_t count,
                                 double deviation, bool orthogonal, std::uint64_t seed) {
        const auto draw = [seed](const char* name, std::size_t size) {
            std::vector<float> values(size);
            Stream(seed, name).normals(0, values);
            return std::vector<double>(values.begin(), values.end());
        };
        std::vector<double> weights = draw("weights", dimensions * latents);
        if (orthogonal) orthogonalize(weights, dimensions, latents);
        const std::vector<double> bias = draw("bias", dimensions);
        const std::vector<double> z = draw("latents", count * latents);
        std::vector<double> images = draw("noise", count * dimensions);
        for (std::size_t i = 0; i < count; ++i) {
            for (std::size_t d = 0; d < dimensions; ++d) {
                double& x = images[i * dimensions + d];
                x = x * deviation + bias[d];
                for (std::size_t n = 0; n < latents; ++n) {
                    x += weights[d * latents + n] * z[i * latents + n];
                }
            }
        }
        return {latents, weights, bias, deviation, images};
    }

    int latents() const override { return static_cast<int>(latents_); }
    std::size_t dimensions() const { return bias_.size(); }
    std::size_t count() const { return images_.size() / bias_.size(); }
    int rows_evaluated() const { return rows_evaluated_; }  // in all calls together

    // 0, 1, ..., count() - 1
    std::vector<std::uint32_t> all_images() const {
        std::vector<std::uint32_t> images(count());
        for (std::size_t i = 0; i < images.size(); ++i) images[i] = static_cast<std::uint32_t>(i);
        return images;
    }

    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override {
        std::vector<double> slope(latents_);
        for (std::size_t r = 0; r < images.size(); ++r) {
            const auto row = z.subspan(r * latents_, latents_);
            double sum = 0.0;
            for (std::size_t n = 0; n < latents_; ++n) {
                sum -= 0.5 * (kLog2Pi + static_cast<double>(row[n]) * row[n]);
                slope[n] = -row[n];
            }
            for (std::size_t d = 0; d < dimensions(); ++d) {
                double rest = centred(images[r], d);
                for (std::size_t n = 0; n < latents_; ++n) rest -= weight(d, n) * row[n];
                sum -= 0.5 * (kLog2Pi + std::log(variance_) + rest * rest / variance_);
                for (std::size_t n = 0; n < latents_; ++n) {
                    slope[n] += weight(d, n) * rest / variance_;
                }
            }
            log_density[r] = sum;
            for (std::size_t n = 0; n < latents_ && !gradient.empty(); ++n) {
                gradient[r * latents_ + n] = static_cast<float>(slope[n]);
            }
        }
        rows_evaluated_ += static_cast<int>(images.size());
    }

    // log p(x) = log N(x; b, W W^T + deviation^2 I) in nats.
    double log_marginal(std::uint32_t image) const {
        const std::size_t size = dimensions();
        std::vector<double> covariance(size * size, 0.0);
        std::vector<double> rest(size);
        for (std::size_t d = 0; d < size; ++d) {
            rest[d] = centred(image, d);
            covariance[d * size + d] = variance_;
            for (std::size_t e = 0; e < size; ++e) {
                for (std::size_t n = 0; n < latents_; ++n) {
                    covariance[d * size + e] += weight(d, n) * weight(e, n);
                }
            }
        }
        const std::vector<double> lower = cholesky(covariance, size);
        const std::vector<double> solved = solve(lower, rest);
        double distance = 0.0;
        for (std::size_t d = 0; d < size; ++d) distance += rest[d] * solved[d];
        return -0.5 *
               (static_cast<double>(size) * kLog2Pi + log_determinant(lower, size) + distance);
    }

    double mean_log_marginal() const {
        double sum = 0.0;
        for (const std::uint32_t image : all_images()) sum += log_marginal(image);
        return sum / static_cast<double>(count());
    }

    // The inverse covariance of p(z|x), [N, N]: I + W^T W / deviation^2, the same for every image.
    std::vector<double> posterior_precision() const {
        std::vector<double> precision(latents_ * latents_, 0.0);
        for (std::size_t n = 0; n < latents_; ++n) {
            precision[n * latents_ + n] = 1.0;
            for (std::size_t m = 0; m < latents_; ++m) {
                for (std::size_t d = 0; d < dimensions(); ++d) {
                    precision[n * latents_ + m] += weight(d, n) * weight(d, m) / variance_;
                }
            }
        }
        return precision;
    }

    // [N]
    std::vector<double> posterior_mean(std::uint32_t image) const {
        std::vector<double> right(latents_, 0.0);
        for (std::size_t n = 0; n < latents_; ++n) {
            for (std::size_t d = 0; d < dimensions(); ++d) {
                right[n] += weight(d, n) * centred(image, d) / variance_;
            }
        }
        return solve(cholesky(posterior_precision(), latents_), right);
    }

    // The diagonal of p(z|x)'s covariance, [N].
    std::vector<double> posterior_variance() const {
        const std::vector<double> lower = cholesky(posterior_precision(), latents_);
        std::vector<double> variance(latents_);
        for (std::size_t n = 0; n < latents_; ++n) {
            std::vector<double> unit(latents_, 0.0);
            unit[n] = 1.0;
            variance[n] = solve(lower, unit)[n];
        }
        return variance;
    }

  private:
    double weight(std::size_t d, std::size_t n) const { return weights_[d * latents_ + n]; }
    double centred(std::uint32_t image, std::size_t d) const {
        return images_[image * dimensions() + d] - bias_[d];
    }

    // Column n becomes orthogonal to those before it, and of length 0.5 + n.
    static void orthogonalize(std::vector<double>& weights, std::size_t rows, std::size_t columns) {
        const auto dot = [&](std::size_t a, std::size_t b) {
            double sum = 0.0;
            for (std::size_t d = 0; d < rows; ++d) {
                sum += weights[d * columns + a] * weights[d * columns + b];
            }
            return sum;
        };
        for (std::size_t n = 0; n < columns; ++n) {
            for (std::size_t m = 0; m < n; ++m) {
                const double part = dot(n, m) / dot(m, m);
                for (std::size_t d = 0; d < rows; ++d) {
                    weights[d * columns + n] -= part * weights[d * columns + m];
                }
            }
            const double factor = (0.5 + static_cast<double>(n)) / std::sqrt(dot(n, n));
            for (std::size_t d = 0; d < rows; ++d) weights[d * columns + n] *= factor;
        }
    }

    std::size_t latents_;
    std::vector<double> weights_;  // [D, N]
    std::vector<double> bias_;     // [D]
    double variance_;
    std::vector<double> images_;  // [count, D]
    int rows_evaluated_ = 0;
};

}  // namespace elbow::test
