#pragma once

// What other weights make of the same z and of the same image: those of another moment, or of
// another run on the same images, whose model may be another one.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/explore/point.h"
#include "engine/live/question.h"

namespace elbow::live {

struct ComparisonQuery {
    train::SnapshotPtr other;  // of images as large as the scene's
    std::vector<float> z;      // [N]
    int label = 0;             // that the decoder is told, where it is told one
    std::optional<int> image;  // held out
    bool operator==(const ComparisonQuery&) const = default;
};

struct ComparisonView final : View {
    ComparisonQuery query;
    std::vector<std::uint8_t> decoded;  // [D] at z; empty where the other has other latents
    // Of the image, with the noise that the point's question takes; absent: none was asked about,
    // or the other has no encoder.
    std::optional<explore::PointDetail> detail;
};

std::unique_ptr<Question> make_comparison_question();

}  // namespace elbow::live
