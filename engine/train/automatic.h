#pragma once

// What "auto" comes to in a run: one place for the session and for whoever shows the options. Pure
// functions.

#include <string>

#include "engine/core/config.h"

namespace elbow::train {

// Whether the optimiser adds the prior N(0, I) on the weights.
bool adds_weight_prior(const RunConfig&);

// "auto (bernoulli)": what the option comes to if it is "auto" and the others are as they are.
std::string automatic_text(const Option&, const RunConfig&);

}  // namespace elbow::train
