#pragma once

// Decoded images over a part of the map's plane. Asked by an explore::ManifoldRequest.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/manifold.h"
#include "engine/live/question.h"

namespace elbow::live {

struct ManifoldView final : View {
    explore::ManifoldRequest request;
    std::vector<std::uint8_t> images;  // [rows * columns, D], row 0 at the top (largest y)
    double seconds = 0.0;              // that decoding them took
};

std::unique_ptr<Question> make_manifold_question();

}  // namespace elbow::live
