#pragma once

// One image under the model: its posterior, its reconstruction and its bound. Pure function.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct PointDetail {
    int index = 0;                             // in the held-out set
    std::vector<float> mean;                   // [N] of q(z|x)
    std::vector<float> deviation;              // [N]
    std::vector<float> cloud;                  // as posterior_cloud()
    std::vector<std::uint8_t> reconstruction;  // [D], decoded from the posterior mean
    double reconstruction_nats = 0.0;   // mean of log p(x|z) over `noise_samples` draws from q(z|x)
    double kl_nats = 0.0;               // in closed form, or estimated from the same draws
    std::vector<double> kl_per_latent;  // [N]; empty where it has no closed form
    int noise_samples = 0;
    double bound_nats() const { return reconstruction_nats - kl_nats; }
};

// Throws UsageError for a held-out image that is not there, and Error where the data set's images
// are not the model's.
void check_point(const model::Model&, const data::Dataset&, int held_out_index);

// Some hundred draws from q(z|x) of the first of these images, [draws, N]: its shape, where mean
// and deviation do not tell it; empty where they do.
std::vector<float> posterior_cloud(model::Model&, const model::Posteriors&);

PointDetail point_detail(model::Model&, model::Parameters parameters, const data::Dataset&,
                         int held_out_index, int noise_samples, std::uint64_t seed);

}  // namespace elbow::explore
