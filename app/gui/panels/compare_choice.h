#pragma once

// The other weights that a run can be compared with: a moment of it that was held, the runs whose
// curves are drawn behind its own, and of a race the other run. Pure functions.

#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/widgets/plot.h"

namespace elbow::gui {

struct OtherWeights {
    std::string id;                                               // "moment", "race", "run.0"
    std::string name;                                             // "after 120 k images", "Zeros"
    train::SnapshotPtr snapshot;                                  // never null
    const std::vector<train::EvaluationRecord>* curve = nullptr;  // null: it is of the same run
};

// All that are of the same images as the run. held: a moment; null: none. They live as long as the
// context.
std::vector<OtherWeights> other_weights(const Context&, const train::SnapshotPtr& held);

// Of two curves: how far the held-out bound of the first lies above the second's, at each
// evaluation of the first that lies within the second's. Nats per image.
PlotSeries difference_of(const std::vector<train::EvaluationRecord>&,
                         const std::vector<train::EvaluationRecord>& other, ImU32 colour);

// The root of the sum of the pixels' squared differences, with pixels from 0 to 1.
double distance_between(std::span<const std::uint8_t>, std::span<const std::uint8_t>);

}  // namespace elbow::gui
