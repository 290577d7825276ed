#pragma once

// How a run is measured on its held-out images: by the bound that its estimator has, or by what
// comes closest. Pure functions.

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/dataset.h"
#include "engine/eval/bound.h"
#include "engine/model/spec.h"
#include "engine/run/config.h"
#include "engine/train/history.h"

namespace elbow::train {

// What cannot be measured.
inline constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// A measurement in progress; absent if there is no encoder.
std::optional<eval::BoundWork> begin_held_out(const RunConfig&, const model::ModelSpec&,
                                              std::span<const float> parameters,
                                              const data::Dataset&);

// All at once, or of what was begun, as far as it has come. All values are NaN where there is no
// encoder.
eval::Bound held_out_bound(const std::optional<eval::BoundWork>&, const model::ModelSpec&,
                           const data::Dataset&);
// At most about so many seconds: over as many of the first images as that allows.
eval::Bound measure_held_out(const RunConfig&, const model::ModelSpec&,
                             std::span<const float> parameters, const data::Dataset&, Team&,
                             double seconds = std::numeric_limits<double>::infinity());

// The one number by which states of a run compare, the larger the better, in nats per image: the
// bound; without one the reconstruction term; NaN without an encoder.
double score(const RunConfig&, const eval::Bound&);

// The configuration with the weights that an evaluation is of, live or averaged, which may have
// changed since.
RunConfig measured_config(RunConfig, const EvaluationRecord&);
// As run::weights_text(), of all evaluations of a run.
std::string weights_text(const RunConfig&, const std::vector<EvaluationRecord>&);

}  // namespace elbow::train
