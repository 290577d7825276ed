#pragma once

// The posterior of one held-out image, its reconstruction and its bound.

#include <cstdint>
#include <memory>

#include "engine/explore/point.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PointQuery {
    int image = 0;  // held out
    bool operator==(const PointQuery&) const = default;
};

struct PointView final : View {
    explore::PointDetail detail;
};

// Of the noise that the bound of an image is averaged over, and how many draws that are.
inline constexpr std::uint64_t kPointSeed = 1;
inline constexpr int kPointNoiseSamples = 32;

std::unique_ptr<Question> make_point_question();

}  // namespace elbow::live
