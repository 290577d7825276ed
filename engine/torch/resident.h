#pragma once

// A run that lives on a device (estimator/resident.h): an objective's graph over leaves that stay
// there.

#include <memory>

#include "engine/estimator/resident.h"
#include "engine/torch/objective.h"

namespace elbow::torch_models {

// Objective and plan outlive it. Null where there is no tensor form of the optimiser.
std::unique_ptr<estimator::Resident> make_resident(const Objective&, const GraphPlan&,
                                                   const torch::Device&,
                                                   const estimator::ResidentSetup&);

}  // namespace elbow::torch_models
