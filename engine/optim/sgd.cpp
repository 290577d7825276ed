// Plain stochastic gradient ascent on the mean over the minibatch.

#include "engine/core/clones.h"
#include "engine/optim/makers.h"

namespace elbow::optim {
namespace {

// gradients: summed over the minibatch; rate: step size / M.
ELBOW_CLONES void ascend_by_sgd(float* __restrict parameters, const float* __restrict gradients,
                                std::int64_t count, float rate, float weight_prior) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = gradients[i] - weight_prior * parameters[i];
        parameters[i] += rate * gradient;
    }
}

class Sgd final : public Optimizer {
  public:
    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        ascend_by_sgd(parameters.data() + begin, gradients.data() + begin, end - begin,
                      static_cast<float>(settings.step_size / settings.minibatch),
                      static_cast<float>(settings.weight_prior));
    }

    std::vector<State> state() override { return {}; }
};

}  // namespace

std::unique_ptr<Optimizer> make_sgd(std::int64_t) { return std::make_unique<Sgd>(); }

}  // namespace elbow::optim
