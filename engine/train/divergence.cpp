#include "engine/train/divergence.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/text.h"
#include "engine/run/measure.h"
#include "engine/train/held_out.h"

namespace elbow::train {
namespace {

// How far below its start a bound may lie: as far again, and where the start is near zero a tenth
// of a nat for each pixel. Overfitting and a larger step size stay far within it, a diverging run
// soon leaves it.
constexpr double kMarginOfStart = 1.0;
constexpr double kMarginPerPixel_nats = 0.1;

// Of measuring: whoever closes the window waits for it.
constexpr double kMostSeconds = 2.0;

bool all_finite(const std::vector<float>& values) {
    return std::all_of(values.begin(), values.end(),
                       [](float value) { return std::isfinite(value); });
}

}  // namespace

std::string why_diverged(const Checkpoint& checkpoint, double bound, double start_bound) {
    if (!all_finite(checkpoint.parameters)) {
        return "its weights hold values that are not finite numbers.";
    }
    for (const auto& [owner, states] : {std::pair{"optimiser", &checkpoint.optimizer_state},
                                        std::pair{"estimator", &checkpoint.estimator_state}}) {
        for (const Checkpoint::NamedState& state : *states) {
            if (all_finite(state.values)) continue;
            return std::string("its ") + owner + "'s " + state.name +
                   " holds values that are not finite numbers.";
        }
    }
    if (!run::has_encoder(checkpoint.config)) return {};
    const std::string what = run::score_text(checkpoint.config);
    if (!std::isfinite(bound)) return "its " + what + " is no longer a finite number.";
    if (!std::isfinite(start_bound)) return {};
    const double margin = std::max(kMarginOfStart * std::abs(start_bound),
                                   kMarginPerPixel_nats * checkpoint.spec.image.size());
    if (bound >= start_bound - margin) return {};
    return "its " + what + " of " + nats_text(bound) + " nats per image lies far below the " +
           nats_text(start_bound) + " that it began with.";
}

double held_out_score(const Checkpoint& checkpoint, const data::Dataset& dataset) {
    Team alone(1);
    return score(checkpoint.config,
                 measure_held_out(checkpoint.config, checkpoint.spec, live_weights(checkpoint),
                                  dataset, alone, kMostSeconds));
}

}  // namespace elbow::train
