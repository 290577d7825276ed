// Adam (Kingma & Ba 2015, algorithm 1) on the mean gradient over the minibatch: with the mean, its
// memory stays right when the minibatch is resized while a run goes on.

#include <cmath>

#include "engine/core/clones.h"
#include "engine/optim/makers.h"

namespace elbow::optim {
namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr float kAdamEpsilon = 1e-8F;  // outside the square root

struct AdamStep {
    float per_image;        // 1 / M
    float weight_prior;     // M / N or 0, as for the summed gradient
    float rate;             // step size / (1 - beta1^t)
    float root_correction;  // 1 / sqrt(1 - beta2^t)
};

// Each moment moves towards its new value by a fixed fraction: one multiplication and one addition,
// which are fused in the same way wherever a range is cut, so that any split of the work gives the
// same bits.
ELBOW_CLONES void ascend_by_adam(float* __restrict parameters, const float* __restrict gradients,
                                 float* __restrict first, float* __restrict second,
                                 std::int64_t count, const AdamStep step) {
    constexpr auto kTowards1 = static_cast<float>(1.0 - kBeta1);
    constexpr auto kTowards2 = static_cast<float>(1.0 - kBeta2);
    for (std::int64_t i = 0; i < count; ++i) {
        const float gradient = (gradients[i] - step.weight_prior * parameters[i]) * step.per_image;
        first[i] += kTowards1 * (gradient - first[i]);
        second[i] += kTowards2 * (gradient * gradient - second[i]);
        const float spread = std::sqrt(second[i]) * step.root_correction + kAdamEpsilon;
        parameters[i] += step.rate * first[i] / spread;
    }
}

class Adam final : public Optimizer {
  public:
    explicit Adam(std::int64_t size)
        : first_(static_cast<std::size_t>(size), 0.0F),
          second_(static_cast<std::size_t>(size), 0.0F) {}

    void update(std::span<float> parameters, std::span<const float> gradients, std::int64_t begin,
                std::int64_t end, const StepSettings& settings) override {
        const auto t = static_cast<double>(settings.step);
        const AdamStep step{
            .per_image = static_cast<float>(1.0 / settings.minibatch),
            .weight_prior = static_cast<float>(settings.weight_prior),
            .rate = static_cast<float>(settings.step_size / (1.0 - std::pow(kBeta1, t))),
            .root_correction = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(kBeta2, t))),
        };
        ascend_by_adam(parameters.data() + begin, gradients.data() + begin, first_.data() + begin,
                       second_.data() + begin, end - begin, step);
    }

    std::vector<State> state() override {
        return {{"adam.first_moment", &first_}, {"adam.second_moment", &second_, true}};
    }

  private:
    AlignedFloats first_;   // mean of the gradient, not yet corrected for its start at zero
    AlignedFloats second_;  // mean of its square, likewise
};

}  // namespace

std::unique_ptr<Optimizer> make_adam(std::int64_t size) { return std::make_unique<Adam>(size); }

}  // namespace elbow::optim
