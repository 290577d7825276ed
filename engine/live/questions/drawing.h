#pragma once

// What the model makes of an image of one's own.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/latent_map.h"
#include "engine/explore/point.h"
#include "engine/live/question.h"

namespace elbow::live {

struct DrawingQuery {
    std::vector<std::uint8_t> image;  // [D]
    int label = 0;                    // that the model is told, where it is told one
    bool operator==(const DrawingQuery&) const = default;
};

struct DrawingView final : View {
    DrawingQuery query;
    explore::PointDetail detail;                 // its index means nothing
    std::vector<explore::Neighbour> neighbours;  // nearest posterior means; empty before the map
};

std::unique_ptr<Question> make_drawing_question();

}  // namespace elbow::live
