#pragma once

#include "engine/fused/matrix.h"

namespace elbow::fused {

// In which precision processors of this kind were measured to make a training step soonest
// (docs/speed-to-bound.md): bfloat16 on AMD's that have instructions for it, which take two thirds
// of the time; float32 on Intel's, which take 1.6 times as long with those instructions. By name,
// and not by a clock, so that a run that goes on computes as it did. A pure function.
Precision fastest_precision();

}  // namespace elbow::fused
