#pragma once

// An image of one's own in the place of a data set's. Pure function.

#include <cstdint>
#include <span>

#include "engine/data/dataset.h"

namespace elbow::data {

// A data set like this one in all but its images: it has one held-out image, with this label where
// the set has labels. image [C, H, W], 0 to 255. Where the targets are binarised, a pixel is white
// from the middle on. Throws UsageError where the image is not of the set's shape.
Dataset with_one_image(const Dataset&, std::span<const std::uint8_t> image, int label);

}  // namespace elbow::data
