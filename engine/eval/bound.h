#pragma once

// The variational lower bound of a whole image set under given parameters. Deterministic: its noise
// comes from a stream of its own, the same at each evaluation, so that curves compare like with
// like.

#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/dataset.h"
#include "engine/model/architecture.h"

namespace elbow::eval {

// Means over images, in nats per image; targets are the image set's values.
struct Bound {
    double reconstruction = 0.0;  // log p(x|z), one noise sample an image unless said otherwise
    double kl = 0.0;              // closed form
    double gain = 0.0;            // of the importance-weighted bound over the plain one
    std::vector<double> kl_per_latent;  // [N], sums to kl
    int images = 0;
    double bound() const { return reconstruction - kl + gain; }
};

enum class BoundKind {
    kPlain,               // the lower bound from L noise samples
    kImportanceWeighted,  // the IWAE bound with k = L samples; without it `gain` stays 0
    kAtTheMean,           // no noise: z is the posterior mean, so there is no bound, and L is 1
};

Bound lower_bound(const model::Architecture&, std::span<const float> parameters,
                  const data::ImageSet&, float scale, int noise_samples, std::uint64_t seed, Team&,
                  BoundKind = BoundKind::kPlain);

}  // namespace elbow::eval
