#pragma once

// The two densities of latents in the paper's model: the posterior q(z|x) = N(mean, diag
// e^log_variance) of an image, and the prior p(z) = N(0, I). Pure functions on one image's latents,
// every span [N]; densities in nats. Training has its own form of some, for wide registers and with
// gradients (engine/estimator).

#include <cstdint>
#include <span>

#include "engine/core/rng.h"

namespace elbow::model {

inline constexpr double kLog2Pi = 1.8378770664093453;

// z = mean + e^(log_variance / 2) epsilon (section 2.4). z may be epsilon.
void draw_posterior(std::span<const float> mean, std::span<const float> log_variance,
                    std::span<const float> epsilon, std::span<float> z);
// log q(z|x) at the z that epsilon gives.
double log_posterior(std::span<const float> log_variance, std::span<const float> epsilon);

// z ~ p(z): the stream's numbers from this position on. Any number of latents.
void draw_prior(const Stream&, std::uint64_t position, std::span<float> z);
// nats + log p(z), added latent by latent: a chain of Monte Carlo EM keeps each bit of the sum.
double with_log_prior(double nats, std::span<const float> z);
inline double log_prior(std::span<const float> z) { return with_log_prior(0.0, z); }
// log p(z) at its highest, z = 0.
double highest_log_prior(std::int64_t latents);

// log q(z|x) - log p(z) of a draw.
double log_ratio(std::span<const float> log_variance, std::span<const float> epsilon,
                 std::span<const float> z);

// KL(q(z|x) || p(z)) for each latent: appendix B.
void kl_per_latent(std::span<const float> mean, std::span<const float> log_variance,
                   std::span<double> result);
// Their sum; infinite where e^log_variance leaves single precision, for the gradient is lost there.
double kl_in_training(std::span<const float> mean, std::span<const float> log_variance);

}  // namespace elbow::model
