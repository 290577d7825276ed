// Adagrad (Duchi et al. 2011) as the paper's experiments used it: on gradients summed over the
// minibatch, with a warm-up that only gathers squares, so that the first steps are not divided by
// almost nothing.

#include <cmath>

#include "engine/core/clones.h"
#include "engine/optim/makers.h"

namespace elbow::optim {
namespace {

// squares: each parameter's sum of squared gradients so far.
ELBOW_CLONES void ascend_by_adagrad(float* __restrict parameters, const float* __restrict gradients,
                                    float* __restrict squares, std::int64_t count, float step_size,
                                    float weight_prior) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = gradients[i] - weight_prior * parameters[i];
        squares[i] += gradient * gradient;
        parameters[i] += step_size * gradient / std::sqrt(squares[i] + kAdagradEpsilon);
    }
}

class Adagrad final : public Optimizer {
  public:
    explicit Adagrad(std::int64_t size) : squares_(static_cast<std::size_t>(size), 0.0F) {}

    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        // A step of size zero is what the warm-up asks for: squares grow, parameters stay.
        const double step_size = settings.step > settings.warmup_steps ? settings.step_size : 0.0;
        ascend_by_adagrad(parameters.data() + begin, gradients.data() + begin,
                          squares_.data() + begin, end - begin, static_cast<float>(step_size),
                          static_cast<float>(settings.weight_prior));
    }

    std::vector<State> state() override { return {{"adagrad.squares", &squares_, true}}; }

  private:
    AlignedFloats squares_;
};

}  // namespace

std::unique_ptr<Optimizer> make_adagrad(std::int64_t size) {
    return std::make_unique<Adagrad>(size);
}

}  // namespace elbow::optim
