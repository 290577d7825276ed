#pragma once

// The draws from q(z|x) that what is said of one image is a mean over: an image has noise of its
// own, the same whenever it is looked at, so that its numbers stand still while nothing learns.
// Pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/batch.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct PointDraws {
    std::vector<float> z;       // [L, N]
    std::vector<double> log_q;  // [L] log q(z|x), nats
};

// Of the first of the posteriors, which is that of held-out image number `index`.
PointDraws draws_of_point(model::Model&, const model::Posteriors&, int index, int noise_samples,
                          std::uint64_t seed);

// log p(x|z) of the batch's first image at each z [L, N], [L], nats.
std::vector<double> log_likelihoods(model::Model&, model::Parameters, const data::Batch&,
                                    std::span<const float> z);

}  // namespace elbow::explore
