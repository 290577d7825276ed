#pragma once

// How much room an image takes as PNG. Pure function.

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/data/image_shape.h"

namespace elbow::io {

// Bytes of the compressed pixels alone, without signature, headers and checksums: with the best of
// PNG's five filters, at zlib's highest level. image [C, H, W]; a grey one of black and white
// pixels alone (0 and 255) takes one bit a pixel before it is compressed. Throws Error where the
// image is not of the shape.
std::size_t png_data_bytes(std::span<const std::uint8_t> image, const data::ImageShape&);

}  // namespace elbow::io
