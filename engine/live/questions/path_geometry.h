#pragma once

// The geodesic from A to B, and how long it and the other paths are in the space of images.

#include <memory>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PathGeometryQuery {
    std::vector<float> from, to;  // [N]
    int label = 0;                // that the decoder is told, where it is told one
    bool operator==(const PathGeometryQuery&) const = default;
};

struct PathGeometryView final : View {
    explore::PathGeometry geometry;
};

std::unique_ptr<Question> make_path_geometry_question();

}  // namespace elbow::live
