#pragma once

// What the points of the map are coloured by, besides their labels: what the model makes of each
// image, what is known of how it was made, and columns of a table of one's own, of numbers or of
// words. Pure functions.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/explore/scores.h"
#include "engine/io/image_columns.h"

namespace elbow::gui {

struct Colouring {
    std::string id;     // in the settings: "bound", "factor:size (pixels)", "column:age"
    std::string title;  // "Bound"
    std::string unit;   // "nats"
    std::string help;
    // Of what the model makes of the images; null: `known` has the values.
    float (*score)(const explore::ImageScores&, std::size_t image) = nullptr;
    std::span<const float> known = {};  // [held-out images]
    // Not null: it has no values, but classes, which map_classes.h puts in the place of the labels.
    const io::ClassColumn* classes = nullptr;

    // [held-out images]; of no scores none where they are needed.
    std::vector<float> values(const explore::ImageScores*) const;
};
// For the images of a data set; null: what the model makes of any. They must outlive the result.
std::vector<Colouring> colourings(const data::Dataset*, const io::ImageColumns*);
// Null: it is no column of words.
const io::ClassColumn* find_class_column(std::string_view id, const io::ImageColumns*);
// Whether it is a table that has it.
bool is_of_a_column(std::string_view id);
// Absent: by label.
std::optional<Colouring> find_colouring(std::string_view id, const data::Dataset*,
                                        const io::ImageColumns*);

// A scale of so many colours; values beyond its ends have the colours of these.
inline constexpr int kColourSteps = 10;
struct ColourScale {
    float low = 0.0f, high = 1.0f;
    std::uint8_t step(float value) const;  // 0 to kColourSteps - 1
};
// From the 1st to the 99th percentile of the finite values; of none, or where all are equal, the
// ends are a little apart.
ColourScale scale_of(std::vector<float> values);

// How many of the values there are at each part of a scale, of the most frequent part: 0 to 1, from
// little to much.
inline constexpr int kHistogramParts = 2 * kColourSteps;
using Histogram = std::array<float, kHistogramParts>;
Histogram histogram_of(std::span<const float> values, const ColourScale&);

}  // namespace elbow::gui
