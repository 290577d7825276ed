#pragma once

// The estimators of the paper at the chosen image (explore/estimates.h).

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/explore/estimates.h"
#include "engine/live/question.h"

namespace elbow::live {

struct EstimatesQuery {
    int image = 0;                          // held out
    int shown = 1;                          // L: so many of the draws are looked at
    std::vector<float> mean, log_variance;  // [N] of q, where it is not the encoder's; else empty
    std::uint64_t seed = 1;                 // of the noise
    bool operator==(const EstimatesQuery&) const = default;
};

struct EstimatesView final : View {
    EstimatesQuery query;
    explore::Estimates estimates;
};

std::unique_ptr<Question> make_estimates_question();

}  // namespace elbow::live
