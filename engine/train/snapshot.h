#pragma once

// The single currency between threads: an immutable copy of the weights at a step boundary.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/model/spec.h"

namespace elbow::train {

struct Moment {
    std::int64_t step = 0;     // updates made
    std::int64_t samples = 0;  // training images seen
    bool operator==(const Moment&) const = default;
};

struct ParameterSnapshot {
    model::ModelSpec spec;
    std::vector<float> parameters;  // [layout.size()], as in model::ParameterLayout
    std::uint64_t run =
        0;  // rises with each restart, so that answers about an old run are told apart
    std::int64_t step = 0;     // updates made
    std::int64_t samples = 0;  // training images seen
    bool has_encoder = true;   // false: the encoder's weights are not trained
    bool averaged = false;     // a mean of the weights along the run, rather than the newest
    std::optional<Moment> best = std::nullopt;  // since when they are the best there have been,
                                                // where these are shown

    // When the weights became what they are.
    Moment made() const { return best.value_or(Moment{step, samples}); }
};

using SnapshotPtr = std::shared_ptr<const ParameterSnapshot>;

}  // namespace elbow::train
