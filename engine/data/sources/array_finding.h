#pragma once

// What a look finds in a file of arrays, all of which is read for it. Functions for a worker
// thread.

#include <cstdint>
#include <vector>

#include "engine/data/sources/choices.h"
#include "engine/data/sources/finding.h"

namespace elbow::data {

// Fills the finding, whose path is known. Throws as read_array_file.
void look_at_arrays(Finding&, const ArrayWishes&, Progress&);

// One of the images, opaque.
ReadPicture picture_of(const ArrayImages&, int image);
// The same [C, H, W] as was chosen.
std::vector<std::uint8_t> chosen_image(const ArrayImages&, int image, const Choices&);

}  // namespace elbow::data
