#pragma once

// The pseudo-inputs of a prior that learns some, which change while it learns.

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/live/question.h"

namespace elbow::live {

struct PseudoInputsQuery {
    int most = 64;  // the first so many
    bool operator==(const PseudoInputsQuery&) const = default;
};

struct PseudoInputsView final : View {
    int there = 0;  // K, of which the first `count` are here
    int count = 0;
    std::vector<std::uint8_t> images;  // [count, D]
    std::vector<float> z;  // [count, N] means of their q(z|u); empty where there is no encoder
};

std::unique_ptr<Question> make_pseudo_inputs_question();

}  // namespace elbow::live
