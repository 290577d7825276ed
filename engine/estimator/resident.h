#pragma once

// A run that lives on a device: LibTorch's module keeps the weights, what the optimiser remembers
// and the training images there, and makes whole steps. The host hands over a minibatch's indices
// and noise, and reads the rest when somebody asks for it. Used by the Session's thread alone.

#include <span>
#include <string>
#include <vector>

#include "engine/estimator/minibatch.h"
#include "engine/optim/optimizer.h"

namespace elbow::estimator {

struct ResidentSetup {
    std::string optimizer;  // "adam"
    bool averages;          // it keeps a mean of the weights, too (optim::with_average)
    data::Batch images;     // all that minibatches are taken from
};

class Resident {
  public:
    using OptimizerState = std::vector<optim::Optimizer::State>;

    virtual ~Resident() = default;

    // Takes over parameters [layout.size()] and what the optimiser remembers; forgets the bounds.
    virtual void write(std::span<const float> parameters, const OptimizerState&) = 0;
    // Both wait for the steps so far.
    virtual void read(std::span<float> parameters) = 0;
    virtual void read(const OptimizerState&) = 0;

    // One update by the gradient of the objective. Returns while the device may still be at it.
    virtual void step(const Minibatch&, const optim::StepSettings&) = 0;
    // The bounds of all minibatches since the last call, each at the weights that its step began
    // with; waits for the steps so far.
    virtual BoundSum take_bounds() = 0;
};

}  // namespace elbow::estimator
