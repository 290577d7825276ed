#pragma once

#include "engine/fused/matrix.h"

namespace elbow::fused {

// In which precision this processor makes the products of a training step soonest: timed by the
// first call of the process, for some 15 ms, where it has instructions for bfloat16 at all. Not by
// name: a step is 1.5 times as fast with those instructions on one processor, and takes 1.6 times
// as long on another. Any thread.
Precision fastest_precision();

}  // namespace elbow::fused
