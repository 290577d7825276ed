#pragma once

// What "auto" comes to in a run, and where it computes: one place for the session and for whoever
// shows the options. Pure functions.

#include <string>

#include "engine/run/config.h"

namespace elbow::run {

// The decoder's p(x|z), "auto" resolved: "bernoulli".
std::string likelihood_of(const RunConfig&);

// Whether the optimiser adds the prior N(0, I) on the weights.
bool adds_weight_prior(const RunConfig&);

// "fused", "bfloat16" or "autograd": what "auto" comes to.
std::string resolved_gradients(const RunConfig&);

// What computes the gradients, and where: "our kernels on the CPU", "LibTorch on cuda:0, whole
// steps".
std::string gradients_text(const RunConfig&);

// "auto (bernoulli)": what the option comes to if it is "auto" and the others are as they are.
std::string automatic_text(const Option&, const RunConfig&);

}  // namespace elbow::run
