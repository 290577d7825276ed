#pragma once

// What the numbers of a run are of, and that in words: one place for the window, the tables and the
// pictures. Pure functions.

#include <string>

#include "engine/run/config.h"

namespace elbow::run {

bool has_bound(const RunConfig&);    // false: there is no bound, and no KL
bool has_encoder(const RunConfig&);  // false: nor a reconstruction
// False: nothing draws the codes towards a prior, and they have no unit.
bool has_prior(const RunConfig&);
// Whether that is N(0, I), which says where the codes will lie.
bool has_normal_prior(const RunConfig&);
bool has_own_prior(const RunConfig&);  // whether it is another
// What a distance along a latent is told in: "standard deviations of the prior".
const char* latent_unit(const RunConfig&);

// What states of a run compare by (train::score), in a sentence: "held-out bound".
const char* score_text(const RunConfig&);

// "lower bound", "importance-weighted bound, k = 5", "reconstruction term", "log p(x|z)".
std::string measure_text(const RunConfig&);

// Whether the run keeps a mean of its weights, and whether that is what its held-out images are
// measured with; else it is the live weights.
bool averages_weights(const RunConfig&);
bool measures_averaged_weights(const RunConfig&);
// Whether the run keeps a copy of the weights with the best held-out bound.
bool keeps_best_weights(const RunConfig&);
// Whether what is shown of it is the best weights there have been; else it is those that are
// measured.
bool shows_best_weights(const RunConfig&);

// Of what is measured on held-out images: ", averaged weights" where these are, ", mean weights"
// where the estimator has a posterior over the weights, else "".
std::string weights_text(const RunConfig&);
// Of what is shown: the same, or ", best weights".
std::string shown_weights_text(const RunConfig&);

// "Held-out bound", "Held-out bound, mean weights", "Held-out log p(x|z), averaged": the same where
// there is little room.
std::string held_out_title(const RunConfig&);

// How a held-out image is measured: "one noise sample each".
std::string draws_text(const RunConfig&);

// Of a run without a bound: what to look at instead.
std::string no_bound_text(const RunConfig&);

}  // namespace elbow::run
