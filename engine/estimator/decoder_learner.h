#pragma once

// The decoder's part of learning where no encoder takes part: from codes z that were found for the
// images of a minibatch in another way. Used by the Session's thread and its team.

#include <memory>
#include <span>

#include "engine/estimator/estimator.h"

namespace elbow::estimator {

class DecoderLearner {
  public:
    virtual ~DecoderLearner() = default;

    // The gradient of sum_m log p(x_m, z_m) by the weights of decoder and prior, z [M, N]; the
    // encoder's is zero. Returns the sum of log p(x_m|z_m), nats.
    virtual double gradient(std::span<const float> parameters, const Minibatch&,
                            std::span<const float> z, std::span<float> gradients) = 0;
};

// By our own kernels, or by LibTorch where the setup says so.
std::unique_ptr<DecoderLearner> make_decoder_learner(const EstimatorSetup&);

}  // namespace elbow::estimator
