#pragma once

// The aggregate posterior q(z), the mean of q(z|x) over the images: what the decoder meets in
// training, as N(0, I) is what it meets when it is sampled from. Pure functions.

#include <span>
#include <vector>

#include "engine/explore/latent_map.h"

namespace elbow::explore {

// Along each latent, by one draw from q(z|x) of each image with its mean and deviation: how many
// fall into each of the bins between -end and end, of the fullest. ends: [N], above 0. [N, bins]
std::vector<float> aggregate_histograms(const LatentMap&, std::span<const float> ends, int bins);

}  // namespace elbow::explore
