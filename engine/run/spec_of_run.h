#pragma once

// The model that a configuration describes. Pure functions.

#include <string>

#include "engine/data/dataset.h"
#include "engine/model/spec.h"
#include "engine/run/config.h"

namespace elbow {

// `continuous`: what the likelihood "auto" becomes, Gaussian where the data are. `classes`: of the
// data set's labels, 0 without. Throws UsageError for a name that does not exist; whether the parts
// fit together, model::check says.
model::ModelSpec spec_of(const RunConfig&, const model::ImageShape&, bool continuous, int classes);

// Of the run on this data set.
model::ModelSpec spec_of(const RunConfig&, const data::Dataset&);

// The name of the likelihood, "auto" resolved.
std::string likelihood_of(const RunConfig&, bool continuous);

}  // namespace elbow
