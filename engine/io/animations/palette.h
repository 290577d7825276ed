#pragma once

// The colours of a picture, brought down to as many as a GIF can hold. Pure function.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace elbow::io {

inline constexpr std::size_t kMostColours = 256;

struct Indexed {
    std::vector<std::array<std::uint8_t, 3>> colours;  // red, green, blue; 1 to kMostColours
    std::vector<std::uint8_t> indices;                 // [count], into colours
};

// rgb [count, 3], count >= 1. Exact where there are no more colours than fit; else median cut, and
// each pixel has the nearest colour. Not dithered: the grain would flicker from frame to frame, and
// cost more than half of the file.
Indexed indexed(std::span<const std::uint8_t> rgb);

}  // namespace elbow::io
