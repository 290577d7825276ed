#pragma once

// Painting on an image of the data set's shape. Pure functions.

#include <array>
#include <cstdint>
#include <span>

#include "engine/core/rng.h"
#include "engine/data/image_shape.h"
#include "imgui.h"

namespace elbow::gui {

struct Brush {
    float radius = 1.2f;                                // pixels of the image
    std::array<std::uint8_t, 3> colour{255, 255, 255};  // of a grey image the first
};

// From one place of the image to another, whose upper left corner is (0, 0); with soft edges, as
// wide as half a pixel. image [C, H, W].
void stroke(std::span<std::uint8_t> image, const data::ImageShape&, ImVec2 from, ImVec2 to,
            const Brush&);

// The same on a mask [H, W]: 1, or 0 with `on` off, where the brush covers half a pixel or more.
void mark(std::span<std::uint8_t> mask, const data::ImageShape&, ImVec2 from, ImVec2 to,
          float radius, bool on);

// Gaussian noise with the deviation, of 255, on every value.
void add_noise(std::span<std::uint8_t> image, float deviation, const Stream&);

}  // namespace elbow::gui
