#pragma once

// Training images that are a little different each time they are learned from, so that a model of
// few of them learns less of them by heart. Pure functions, for any thread.

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/core/rng.h"
#include "engine/data/image_shape.h"

namespace elbow::data {

struct Augmentation {
    const Stream* stream = nullptr;  // decides each image's own shift and side
    ImageShape shape;
    bool shifts = false;  // by up to most_shift() of each side; its rim goes on beyond it
    bool flips = false;   // half of the images, by chance, left side right
};

// "off", "shifts", "flips" or "both", as the option --augment takes them.
Augmentation augmentation_of(std::string_view name, ImageShape, const Stream&);

// Pixels: a sixteenth of the side, one at least.
int most_shift(int side);

// values [D] = the image of these pixels, times `scale`, as it is the `seen`-th time that the run
// learns from one.
void write_augmented(const Augmentation&, const std::uint8_t* pixels, float scale,
                     std::uint64_t seen, float* values);

}  // namespace elbow::data
