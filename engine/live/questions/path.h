#pragma once

// Decoded images along a path from A to B. Asked by an explore::PathRequest; one that needs the
// geometry takes the newest answer about that (path_geometry.h), once there is one.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PathView final : View {
    explore::PathRequest request;
    std::vector<float> z;              // [frames, N]
    std::vector<std::uint8_t> images;  // [frames, D]
};

std::unique_ptr<Question> make_path_question();

}  // namespace elbow::live
