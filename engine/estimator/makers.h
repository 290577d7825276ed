#pragma once

// One function an estimator, each defined in the file of its name: for the list alone.

#include <memory>

#include "engine/estimator/estimator.h"

namespace elbow::estimator {

std::unique_ptr<Estimator> make_sgvb_b(const EstimatorSetup&);
std::unique_ptr<Estimator> make_sgvb_a(const EstimatorSetup&);
std::unique_ptr<Estimator> make_iwae(const EstimatorSetup&);
std::unique_ptr<Estimator> make_wake_sleep(const EstimatorSetup&);
std::unique_ptr<Estimator> make_autoencoder(const EstimatorSetup&);
std::unique_ptr<Estimator> make_mcem(const EstimatorSetup&);
std::unique_ptr<Estimator> make_per_image(const EstimatorSetup&);
std::unique_ptr<Estimator> make_full_vb(const EstimatorSetup&);

}  // namespace elbow::estimator
