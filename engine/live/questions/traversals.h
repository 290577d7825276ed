#pragma once

// What each of some latents does to the image under the dot: one row of decoded images a latent,
// in which it alone changes.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/live/question.h"

namespace elbow::live {

struct TraversalQuery {
    std::vector<float> z;      // [N] of the dot
    std::vector<int> latents;  // [rows]
    std::vector<float> ends;   // [rows]: from -end to end
    int values = 9;            // images of a row, at the middles of as many parts of that
    int label = 0;             // that the decoder is told, where it is told one
    bool operator==(const TraversalQuery&) const = default;
};

struct TraversalView final : View {
    TraversalQuery query;
    std::vector<std::uint8_t> images;  // [rows * values, D]
};

// z of each image, [rows * values, N].
std::vector<float> traversal_latents(const TraversalQuery&);

std::unique_ptr<Question> make_traversals_question();

}  // namespace elbow::live
