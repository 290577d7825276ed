#pragma once

// Pictures of other programs, and how they become an image of a data set. Pure functions, for any
// thread but the window's: a photograph takes a while.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/data/image_shape.h"

namespace elbow::io {

struct ReadPicture {
    int width = 0;                     // pixels
    int height = 0;                    // pixels
    std::vector<std::uint8_t> pixels;  // [height, width, RGBA]
};

// Whether the name ends as that of a picture that can be read: PNG, JPEG, BMP, GIF, TGA, PSD, PNM.
bool is_picture_file(const std::filesystem::path&);

// The bytes of a file; of an animation the first image. `name` is what a message calls it:
// "'cat.png'". Throws Error where it is no picture that can be read, or one of more than 50 million
// pixels.
ReadPicture read_picture(std::span<const std::uint8_t> bytes, const std::string& name);

// [C, H, W]: as large as fits into the shape, in the middle of the ground [C], over which what is
// transparent is laid. Of a grey shape the luma (Rec. 601).
std::vector<std::uint8_t> fitted_image(const ReadPicture&, const data::ImageShape&,
                                       std::span<const std::uint8_t> ground);
// The picture with each colour turned into its opposite; what is transparent stays so.
ReadPicture inverted(ReadPicture);

}  // namespace elbow::io
