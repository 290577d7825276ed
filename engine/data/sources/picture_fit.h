#pragma once

// How a picture becomes an image of a data set: of its size, grey or in colour. Pure functions, for
// any thread but the window's.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/image_shape.h"
#include "engine/data/sources/picture.h"

namespace elbow::data {

// What happens to a picture of other proportions.
enum class Fit {
    kPad,    // all of it, in the middle of the ground
    kCrop,   // the middle of it fills the image
    kSquash  // all of it fills the image
};

// [C, H, W]. Where it becomes smaller, each value is the mean of the area that it stands for. What
// is transparent is laid over the ground [C]; of a grey shape the luma is taken (Rec. 601).
std::vector<std::uint8_t> fitted_image(const ReadPicture&, const ImageShape&,
                                       std::span<const std::uint8_t> ground, Fit fit = Fit::kPad);

// A picture like this one, at most `side` pixels wide and high; what is smaller stays as it is.
ReadPicture reduced(const ReadPicture&, int side);

}  // namespace elbow::data
