#pragma once

// What "auto" comes to in a run, and where it computes: one place for the session and for whoever
// shows the options. Pure functions.

#include <string>

#include "engine/run/choices.h"
#include "engine/run/config.h"

namespace elbow::run {

// The decoder's p(x|z), "auto" resolved: "bernoulli".
std::string likelihood_of(const RunConfig&);

// Whether the optimiser adds the prior N(0, I) on the weights.
bool adds_weight_prior(const RunConfig&);

// "fused", "bfloat16", "float16" or "autograd": what "auto" and "fastest" come to.
std::string resolved_gradients(const RunConfig&);

// What computes the gradients, and where: "our kernels on the CPU", "LibTorch on cuda:0, whole
// steps".
std::string gradients_text(const RunConfig&);

// The choice's title, and of "auto" and "fastest" what the option would come to with the others as
// they are: "auto (bernoulli)".
std::string choice_text(const Option&, const Choice&, const RunConfig&);

}  // namespace elbow::run
