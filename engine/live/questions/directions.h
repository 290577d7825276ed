#pragma once

// In which directions the decoded image changes fastest at a place (explore/directions.h), with
// images along each.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/directions.h"
#include "engine/live/question.h"

namespace elbow::live {

struct DirectionsQuery {
    std::vector<float> z;  // [N]
    int rows = 8;          // directions with images, from the fastest on
    int values = 9;        // images of a row, at the middles of as many parts of it
    float end = 1.5F;      // a row goes from -end to end along its direction, latent units
    int label = 0;         // that the decoder is told, where it is told one
    bool operator==(const DirectionsQuery&) const = default;
};

struct DirectionsView final : View {
    DirectionsQuery query;
    explore::Directions directions;
    std::vector<std::uint8_t> images;  // [min(rows, N) * values, D]
};

// z of each image, [min(rows, N) * values, N].
std::vector<float> direction_latents(const DirectionsQuery&, const explore::Directions&);

std::unique_ptr<Question> make_directions_question();

}  // namespace elbow::live
