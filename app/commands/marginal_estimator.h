#pragma once

// The measure of figure 3: the marginal log-likelihood of a model with few latents, by the paper's
// appendix D.

#include <cstdint>
#include <functional>

#include "engine/data/dataset.h"
#include "engine/train/snapshot.h"

namespace elbow::commands {

// The mean log p(x) of the first `count` images of the set, in nats.
using MarginalEstimator =
    std::function<double(const train::ParameterSnapshot&, const data::Dataset&,
                         const data::ImageSet&, int count, std::uint64_t seed, int threads)>;

double marginal_log_likelihood(const train::ParameterSnapshot&, const data::Dataset&,
                               const data::ImageSet&, int count, std::uint64_t seed, int threads);

}  // namespace elbow::commands
