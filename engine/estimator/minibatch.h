#pragma once

// What a step learns from, and what it finds. Values, for the Session's thread and its team.

#include <cstdint>

#include "engine/core/rng.h"
#include "engine/data/batch.h"

namespace elbow::estimator {

struct Minibatch : data::Batch {
    const Stream* noise;           // standard normals
    std::uint64_t noise_position;  // epsilon of row m, sample l, latent n is number
                                   // noise_position + (m * L + l) * N + n of the stream
    double kl_weight = 1.0;        // beta, as far as its warm-up has come
    int update = 0;                // index of this update within the minibatch
    const float* codes = nullptr;  // [M, N] where z was found in another way than by the encoder
};

// Sums over the minibatch, in nats.
struct BoundSum {
    double reconstruction = 0.0;  // mean over the L noise samples of log p(x|z)
    double kl = 0.0;    // KL(q(z|x) || p(z)), closed form or as the estimator estimates it
    double gain = 0.0;  // of the importance-weighted bound over the plain one
    double bound() const { return reconstruction - kl + gain; }
};

}  // namespace elbow::estimator
