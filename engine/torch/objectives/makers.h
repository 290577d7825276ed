#pragma once

// One function an objective, each defined in a file of this folder: for the list in module.cpp.

#include <memory>

#include "engine/torch/objective.h"

namespace elbow::torch_models {

std::unique_ptr<estimator::PartObjective> make_sgvb_b(const EstimatorSetup&);
std::unique_ptr<estimator::PartObjective> make_sgvb_a(const EstimatorSetup&);
std::unique_ptr<estimator::PartObjective> make_iwae(const EstimatorSetup&);
std::unique_ptr<estimator::PartObjective> make_wake_sleep(const EstimatorSetup&);
std::unique_ptr<estimator::PartObjective> make_autoencoder(const EstimatorSetup&);
std::unique_ptr<estimator::PartObjective> make_decoder_alone(const EstimatorSetup&);

}  // namespace elbow::torch_models
