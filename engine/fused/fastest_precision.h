#pragma once

#include "engine/fused/matrix.h"

namespace elbow::fused {

// In which precision processors of this kind were measured to make a training step soonest
// (docs/speed-to-bound.md): bfloat16 on AMD's that have instructions for it, float16 on Intel's,
// and float32 on all others. By name, and not by a clock, so that a run that goes on computes as it
// did. A pure function.
Precision fastest_precision();

}  // namespace elbow::fused
