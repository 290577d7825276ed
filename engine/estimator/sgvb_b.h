#pragma once

// SGVB estimator B (equation 7 and algorithm 1 of the paper) for the paper's networks,
// differentiated by hand: no temporaries, element-wise work fused, each team member doing a share
// of the rows and then of the weights.

#include <memory>

#include "engine/estimator/estimator.h"

namespace elbow::estimator {

std::unique_ptr<Estimator> make_sgvb_b(const EstimatorSetup&);

}  // namespace elbow::estimator
