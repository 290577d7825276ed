#pragma once

// Whether a configuration makes a valid run, beyond what each option can check by itself. Pure
// functions; all throw UsageError.

#include <string>
#include <utility>

#include "engine/data/dataset.h"
#include "engine/run/config.h"

namespace elbow::run {

// The training images that the run learns from.
int train_count_of(const RunConfig&, const data::Dataset&);

// For a configuration out of its ranges or choices, or one that does not fit the data set or its
// own estimator.
void check_run(const RunConfig&, const data::Dataset&);
// The same for a run that is about to begin, and whether its model fits into memory.
void check_new_run(const RunConfig&, const data::Dataset&);

// The configuration with another estimator, and without what that one would refuse.
RunConfig with_estimator(RunConfig, const std::string& estimator);

// Both sides of a race against another estimator: as with_estimator, and on the targets that suit
// both.
std::pair<RunConfig, RunConfig> race_against(const RunConfig&, const std::string& estimator);

}  // namespace elbow::run
