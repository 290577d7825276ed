#pragma once

// The true posterior of the chosen image over two latents (explore/true_posterior.h).

#include <memory>

#include "engine/explore/true_posterior.h"
#include "engine/live/question.h"

namespace elbow::live {

struct TruePosteriorQuery {
    int image = 0;  // held out
    int x_axis = 0, y_axis = 1;
    bool operator==(const TruePosteriorQuery&) const = default;
};

struct TruePosteriorView final : View {
    explore::TruePosterior posterior;
};

std::unique_ptr<Question> make_true_posterior_question();

}  // namespace elbow::live
