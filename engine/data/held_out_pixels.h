#pragma once

// The pixels of some held-out images. Pure function.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"

namespace elbow::data {

// [images.size(), C, H, W] of images that are there.
std::vector<std::uint8_t> held_out_pixels(const Dataset&, std::span<const int> images);

}  // namespace elbow::data
