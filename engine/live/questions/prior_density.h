#pragma once

// log p(z) of the run's own prior over a part of the map's plane.

#include <memory>

#include "engine/explore/prior_density.h"
#include "engine/live/question.h"

namespace elbow::live {

struct PriorDensityQuery {
    explore::ManifoldRequest plane;
    bool operator==(const PriorDensityQuery&) const = default;
};

struct PriorDensityView final : View {
    explore::PriorDensity density;
};

std::unique_ptr<Question> make_prior_density_question();

}  // namespace elbow::live
