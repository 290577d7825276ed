#pragma once

// The geodesic from each point of a path to the next, and how long the path of each kind is in the
// space of images.

#include <memory>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PathGeometryQuery {
    std::vector<float> from, to;                   // [N]
    int label = 0;                                 // that the decoder is told, where it is told one
    std::vector<std::vector<float>> through = {};  // as explore::PathRequest
    bool closed = false;
    explore::PathRequest path() const {
        return {.from = from, .to = to, .label = label, .through = through, .closed = closed};
    }
    bool operator==(const PathGeometryQuery&) const = default;
};

struct PathGeometryView final : View {
    explore::PathGeometry geometry;
};

std::unique_ptr<Question> make_path_geometry_question();

}  // namespace elbow::live
