#pragma once

// What the training images have in common. Pure function.

#include <vector>

#include "engine/data/dataset.h"

namespace elbow::data {

// The mean of the first `count` training images, [D] in [0, 1]: of ten thousand of them, evenly
// spread, where there are more, which say as much.
std::vector<float> mean_image(const Dataset&, int count);

}  // namespace elbow::data
