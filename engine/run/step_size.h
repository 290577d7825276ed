#pragma once

// The step size that a run takes at a moment of it. Pure functions.

#include <cstdint>
#include <optional>

#include "engine/run/config.h"

namespace elbow::run {

// How long a run is where nobody says it.
inline constexpr int kUsualEpochs = 10;

// Whether it is anything but what is set.
bool changes_step_size(const RunConfig&);

// The training images after which the schedule has run its course, "auto" resolved; absent where
// it has no length.
std::optional<std::int64_t> schedule_end(const RunConfig&, std::int64_t train_images);

// Of the update that begins when `samples` of the `train_images` have been seen, and a schedule
// that follows the held-out bound has halved the step size so often.
double step_size_at(const RunConfig&, std::int64_t samples, std::int64_t train_images,
                    int halvings = 0);

}  // namespace elbow::run
