// Adam with Nesterov's momentum (Dozat 2016): each step looks ahead by what the next mean of the
// gradient will be of this one, so that the newest gradient counts at once. On the mean gradient
// over the minibatch, as Adam.

#include "engine/core/clones.h"
#include "engine/optim/adam_step.h"
#include "engine/optim/makers.h"
#include "engine/optim/moments.h"

namespace elbow::optim {
namespace {

struct NadamStep {
    MeanGradient gradient;
    AdamRates rates;
    NadamShares shares;
};

ELBOW_CLONES void ascend_by_nadam(float* __restrict parameters, const float* __restrict gradients,
                                  float* __restrict first, float* __restrict second,
                                  std::int64_t count, const NadamStep step) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = step.gradient.of(gradients[i], parameters[i]);
        const float spread = adam_spread(gradient, step.rates, first[i], second[i]);
        parameters[i] += (step.shares.mean * first[i] + step.shares.newest * gradient) / spread;
    }
}

class Nadam final : public MomentOptimizer {
  public:
    explicit Nadam(std::int64_t size) : MomentOptimizer("nadam", size) {}

    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        const auto t = static_cast<double>(settings.step);
        const NadamStep step{
            .gradient = MeanGradient(settings),
            .rates = adam_rates(settings.step_size, t),
            .shares = nadam_shares(settings.step_size, t),
        };
        ascend_by_nadam(parameters.data() + begin, gradients.data() + begin, first_.data() + begin,
                        second_.data() + begin, end - begin, step);
    }
};

}  // namespace

std::unique_ptr<Optimizer> make_nadam(std::int64_t size) { return std::make_unique<Nadam>(size); }

}  // namespace elbow::optim
