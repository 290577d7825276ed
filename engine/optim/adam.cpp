// Adam (Kingma & Ba 2015, algorithm 1) on the mean gradient over the minibatch: with the mean, its
// memory stays right when the minibatch is resized while a run goes on.

#include "engine/core/clones.h"
#include "engine/optim/adam_step.h"
#include "engine/optim/makers.h"
#include "engine/optim/moments.h"

namespace elbow::optim {
namespace {

struct AdamStep {
    MeanGradient gradient;
    AdamRates rates;
};

ELBOW_CLONES void ascend_by_adam(float* __restrict parameters, const float* __restrict gradients,
                                 float* __restrict first, float* __restrict second,
                                 std::int64_t count, const AdamStep step) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = step.gradient.of(gradients[i], parameters[i]);
        parameters[i] += adam_move(gradient, step.rates, first[i], second[i]);
    }
}

class Adam final : public MomentOptimizer {
  public:
    explicit Adam(std::int64_t size) : MomentOptimizer("adam", size) {}

    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        const AdamStep step{
            .gradient = MeanGradient(settings),
            .rates = adam_rates(settings.step_size, static_cast<double>(settings.step)),
        };
        ascend_by_adam(parameters.data() + begin, gradients.data() + begin, first_.data() + begin,
                       second_.data() + begin, end - begin, step);
    }
};

}  // namespace

std::unique_ptr<Optimizer> make_adam(std::int64_t size) { return std::make_unique<Adam>(size); }

}  // namespace elbow::optim
