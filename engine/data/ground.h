#pragma once

// What lies around the things that a data set's images show. Pure function.

#include <cstdint>
#include <vector>

#include "engine/data/dataset.h"

namespace elbow::data {

// [C]: of each channel the median over the rims of the first held-out images. Black where there
// are none.
std::vector<std::uint8_t> ground_of(const Dataset&);

}  // namespace elbow::data
