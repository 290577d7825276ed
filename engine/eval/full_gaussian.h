#pragma once

// A Gaussian with full covariance in a few dimensions, fitted to samples.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace elbow::eval {

class FullGaussian {
  public:
    // The mean and covariance of samples [count, N]. Empty where they do not span all N dimensions.
    static std::optional<FullGaussian> fit(std::span<const float> samples, std::size_t latents);

    // log q(z) in nats; z [N].
    double log_density(std::span<const float> z) const;

  private:
    FullGaussian() = default;

    std::vector<double> mean_;   // [N]
    std::vector<double> lower_;  // [N, N], the covariance's Cholesky factor
    double log_normalizer_ = 0.0;
};

}  // namespace elbow::eval
