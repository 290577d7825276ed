#pragma once

// The decoder's part of learning where no encoder takes part: from codes z that were found for the
// images of a minibatch in another way. Used by the Session's thread and its team.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/estimator/estimator.h"
#include "engine/model/decoder_pass.h"

namespace elbow::estimator {

class DecoderLearner {
  public:
    DecoderLearner(const model::Architecture&, Team&);

    // The gradient of sum_m log p(x_m|z_m) by the decoder's weights, z [M, N]; the encoder's is
    // zero. Returns the sum, nats.
    double gradient(std::span<const float> parameters, const Minibatch&, std::span<const float> z,
                    std::span<float> gradients);

  private:
    model::ParameterLayout layout_;
    std::int64_t d_, n_;  // D, N
    Team& team_;
    model::DecoderPass decoder_;
    std::vector<float> x_;                // [M, D]
    std::vector<double> reconstruction_;  // [M] nats
};

}  // namespace elbow::estimator
