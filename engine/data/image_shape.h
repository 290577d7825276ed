#pragma once

// The size of an image. A value.

#include <string>

namespace elbow::data {

struct ImageShape {
    int channels = 1;  // 1: grey; 3: red, green, blue, one plane after the other
    int height = 28;   // pixels
    int width = 28;    // pixels

    int size() const { return channels * height * width; }  // D, values of one image
    bool operator==(const ImageShape&) const = default;
};

// "28 x 28 pixels", width first, and "in colour" where it is.
inline std::string text_of(const ImageShape& shape) {
    return std::to_string(shape.width) + " x " + std::to_string(shape.height) + " pixels" +
           (shape.channels == 1 ? "" : " in colour");
}

}  // namespace elbow::data
