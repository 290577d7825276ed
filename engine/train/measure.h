#pragma once

// What the numbers of a run are, in words: one place for the window, the tables and the pictures.
// Pure functions.

#include <string>

#include "engine/core/config.h"

namespace elbow::train {

// "lower bound", "importance-weighted bound, k = 5", "reconstruction term", "log p(x|z)".
std::string measure_text(const RunConfig&);

// Of what is measured on held-out images: ", mean weights" where the estimator has a posterior over
// the weights, else "".
std::string weights_text(const RunConfig&);

// "Held-out bound", "Held-out bound, mean weights", "Held-out log p(x|z)".
std::string held_out_title(const RunConfig&);

// How a held-out image is measured: "one noise sample each".
std::string draws_text(const RunConfig&);

// Of a run without a bound: what to look at instead.
std::string no_bound_text(const RunConfig&);

}  // namespace elbow::train
