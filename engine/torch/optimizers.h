#pragma once

// The optimisers of engine/optim in LibTorch's words, for parameters that live on a device: the
// same arithmetic, to float's accuracy. Used by one thread.

#include <memory>
#include <string_view>
#include <vector>

#include "engine/optim/optimizer.h"
#include "engine/torch/graph.h"

namespace elbow::torch_models {

class TensorOptimizer {
  public:
    virtual ~TensorOptimizer() = default;

    // Updates parameters [P] from their gradient [P], summed over the minibatch, which it may
    // overwrite.
    virtual void update(const Tensor& parameters, const Tensor& gradient,
                        const optim::StepSettings&) = 0;

    // As optim::Optimizer names it, [P] each.
    struct State {
        const char* name;
        Tensor values;
    };
    virtual std::vector<State> state() const = 0;
};

// For parameters like these, with a mean of theirs where `averages`; null where there is none of
// that name.
std::unique_ptr<TensorOptimizer> make_tensor_optimizer(std::string_view name,
                                                       const Tensor& parameters,
                                                       bool averages = false);

}  // namespace elbow::torch_models
