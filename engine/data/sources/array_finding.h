#pragma once

// What a look finds in a file of arrays, all of which is read for it. Functions for a worker
// thread.

#include <filesystem>

#include "engine/data/sources/finding.h"

namespace elbow::data {

// Fills the finding, whose path is known. Throws as read_array_file.
void look_at_arrays(Finding&, const ArrayWishes&, Progress&);

// One of the images, opaque.
ReadPicture picture_of(const ArrayImages&, int image);

}  // namespace elbow::data
