#include "engine/model/gaussian.h"

#include <cmath>
#include <limits>

namespace elbow::model {
namespace {

constexpr double kMostLogVariance = 85.0;  // e^88 is no float

// -KL = 1/2 (1 + v - mu^2 - e^v), v = log sigma^2.
double kl_of_latent(double mu, double v) { return -0.5 * (1.0 + v - mu * mu - std::exp(v)); }

}  // namespace

void draw_posterior(std::span<const float> mean, std::span<const float> log_variance,
                    std::span<const float> epsilon, std::span<float> z) {
    for (std::size_t n = 0; n < z.size(); ++n)
        z[n] = mean[n] + std::exp(0.5F * log_variance[n]) * epsilon[n];
}

double log_posterior(std::span<const float> log_variance, std::span<const float> epsilon) {
    double sum = 0.0;
    for (std::size_t n = 0; n < epsilon.size(); ++n) {
        const double e = epsilon[n];
        sum -= 0.5 * (kLog2Pi + log_variance[n] + e * e);
    }
    return sum;
}

void draw_prior(const Stream& stream, std::uint64_t position, std::span<float> z) {
    stream.normals(position, z);
}

double with_log_prior(double nats, std::span<const float> z) {
    for (const double at : z) nats -= 0.5 * (kLog2Pi + at * at);
    return nats;
}

double highest_log_prior(std::int64_t latents) {
    return -0.5 * static_cast<double>(latents) * kLog2Pi;
}

double log_ratio(std::span<const float> log_variance, std::span<const float> epsilon,
                 std::span<const float> z) {
    double sum = 0.0;
    for (std::size_t n = 0; n < z.size(); ++n) {
        const double e = epsilon[n];
        sum += 0.5 * (double{z[n]} * z[n] - log_variance[n] - e * e);
    }
    return sum;
}

void kl_per_latent(std::span<const float> mean, std::span<const float> log_variance,
                   std::span<double> result) {
    for (std::size_t n = 0; n < mean.size(); ++n)
        result[n] = kl_of_latent(mean[n], log_variance[n]);
}

double kl_in_training(std::span<const float> mean, std::span<const float> log_variance) {
    double kl = 0.0;
    for (std::size_t n = 0; n < mean.size(); ++n) {
        if (!(log_variance[n] < kMostLogVariance)) return std::numeric_limits<double>::infinity();
        kl += kl_of_latent(mean[n], log_variance[n]);
    }
    return kl;
}

}  // namespace elbow::model
