#pragma once

// Whether weights may replace those saved earlier: a run that has diverged may not. Any thread.

#include <string>

#include "engine/data/dataset.h"
#include "engine/train/checkpoint.h"

namespace elbow::train {

// Empty where the weights and their held-out bound are sound; otherwise what is wrong, to be read
// after "The run has diverged: ". start_bound is the bound of the weights that training began with,
// untrained ones or, for a run that was resumed, the saved ones; NaN where it is not known: then
// the bound need only be finite. Bounds in nats per image over all held-out images, or what stands
// for them (score() in held_out.h); without an encoder only the weights are looked at.
std::string why_diverged(const Checkpoint&, double bound, double start_bound);

// The score of a checkpoint's live weights, which an average of them hides for a while, as an
// evaluation of its run gives it; measured on the calling thread alone; of a large set or model
// over the first of the held-out images, as many as two seconds allow.
double held_out_score(const Checkpoint&, const data::Dataset&);

}  // namespace elbow::train
