#pragma once

#include "engine/fused/matrix.h"

namespace elbow::fused {

// In which precision this processor makes the products of a training step soonest: timed by the
// first call of the process, for some 15 ms, where it has instructions for bfloat16 at all. Not by
// name: one processor is twice as fast with those instructions, another half as fast. Any thread.
Precision fastest_precision();

}  // namespace elbow::fused
