#pragma once

// What the first bytes of a picture say, before memory is asked for: its format, its size and its
// channels. What a file is, its content says, and never its name. Pure functions.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace elbow::data {

struct PictureHeader {
    const char* format = "";  // "PNG", "JPEG", "BMP", "WebP", "GIF", "PSD", "PNM"
    int width = 0;            // pixels, the right way up
    int height = 0;           // pixels
    int channels = 3;         // of the file: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha
    // How the stored pixels are turned (EXIF, 1 to 8); 1: as they are shown.
    int orientation = 1;
    std::string refusal;  // why Elbow does not read it: "a CMYK JPEG"; empty: it does
    // Where the packed pixels begin, of a JPEG; no smaller than this is the file of a BMP.
    std::size_t needed_bytes = 0;
};

// So many first bytes hold the header of nearly every picture.
inline constexpr std::size_t kHeaderBytes = 4096;

// The format's name; nullptr where the bytes begin no picture that Elbow knows.
const char* picture_format(std::span<const std::uint8_t> first_bytes);

// Absent where they begin no such picture, or where the size is not among them.
std::optional<PictureHeader> picture_header(std::span<const std::uint8_t> first_bytes);

}  // namespace elbow::data
