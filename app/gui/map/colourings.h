#pragma once

// What the points of the map are coloured by, besides their labels: a list of one entry each. Pure
// functions.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/explore/scores.h"

namespace elbow::gui {

struct Colouring {
    const char* id;     // in the settings: "bound"
    const char* title;  // "Bound"
    const char* unit;   // "nats"
    const char* help;
    float (*value)(const explore::ImageScores&, std::size_t image);
};
std::span<const Colouring> colourings();
// Null: by label.
const Colouring* find_colouring(std::string_view id);

// A scale of so many colours; values beyond its ends have the colours of these.
inline constexpr int kColourSteps = 10;
struct ColourScale {
    float low = 0.0f, high = 1.0f;
    std::uint8_t step(float value) const;  // 0 to kColourSteps - 1
};
// From the 1st to the 99th percentile of the finite values; of none, or where all are equal, the
// ends are a little apart.
ColourScale scale_of(std::vector<float> values);

}  // namespace elbow::gui
