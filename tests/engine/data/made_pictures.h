#pragma once

// Pictures that a test makes: of one colour or pixel by pixel, as the bytes of a file.

#include <stb_image_write.h>
#include <webp/encode.h>

#include <cstdint>
#include <vector>

namespace elbow::testing_support {

using PictureBytes = std::vector<std::uint8_t>;

inline void append_bytes(void* to, void* bytes, int count) {
    const auto* from = static_cast<const std::uint8_t*>(bytes);
    auto* all = static_cast<PictureBytes*>(to);
    all->insert(all->end(), from, from + count);
}

// One pixel's values, so many times.
inline PictureBytes of_colour(int width, int height, const PictureBytes& pixel) {
    PictureBytes pixels;
    for (int i = 0; i < width * height; ++i)
        pixels.insert(pixels.end(), pixel.begin(), pixel.end());
    return pixels;
}

// pixels [height, width, channels]
inline PictureBytes png_of(int width, int height, int channels, const PictureBytes& pixels) {
    PictureBytes bytes;
    stbi_write_png_to_func(append_bytes, &bytes, width, height, channels, pixels.data(), 0);
    return bytes;
}
inline PictureBytes jpeg_of(int width, int height, int channels, const PictureBytes& pixels) {
    PictureBytes bytes;
    stbi_write_jpg_to_func(append_bytes, &bytes, width, height, channels, pixels.data(), 95);
    return bytes;
}
inline PictureBytes bmp_of(int width, int height, int channels, const PictureBytes& pixels) {
    PictureBytes bytes;
    stbi_write_bmp_to_func(append_bytes, &bytes, width, height, channels, pixels.data());
    return bytes;
}
inline PictureBytes webp_of(int width, int height, const PictureBytes& rgba) {
    std::uint8_t* packed = nullptr;
    const std::size_t size = WebPEncodeLosslessRGBA(rgba.data(), width, height, 4 * width, &packed);
    PictureBytes bytes(packed, packed + size);
    WebPFree(packed);
    return bytes;
}
// A grey PNG of one colour.
inline PictureBytes grey_png(int width, int height, std::uint8_t value) {
    return png_of(width, height, 1, of_colour(width, height, {value}));
}

}  // namespace elbow::testing_support
