#pragma once

// The image that the decoder makes of one z, and the held-out images whose codes lie near it.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/latent_map.h"
#include "engine/live/question.h"

namespace elbow::live {

struct CursorQuery {
    std::vector<float> z;  // [N]
    int label = 0;         // that the decoder is told, where it is told one
    bool operator==(const CursorQuery&) const = default;
};

struct CursorView final : View {
    std::vector<float> z;                        // [N]
    double log_prior = 0.0;                      // log p(z), nats
    std::vector<std::uint8_t> image;             // [D]
    std::vector<explore::Neighbour> neighbours;  // nearest posterior means, nearest first; empty
                                                 // before the first map
};

std::unique_ptr<Question> make_cursor_question();

}  // namespace elbow::live
