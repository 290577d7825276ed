#pragma once

// What Adam and its kin remember of each parameter, and which gradient they are about.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {

// The mean over the minibatch of the objective's gradient, with the prior on the weights.
struct MeanGradient {
    float per_image;     // 1 / M
    float weight_prior;  // M / N or 0, as for the summed gradient

    explicit MeanGradient(const StepSettings& settings)
        : per_image(static_cast<float>(1.0 / settings.minibatch)),
          weight_prior(static_cast<float>(settings.weight_prior)) {}
    __attribute__((always_inline)) float of(float summed, float parameter) const {
        return (summed - weight_prior * parameter) * per_image;
    }
};

class MomentOptimizer : public Optimizer {
  public:
    std::vector<State> state() final {
        return {{name_ + ".first_moment", &first_}, {name_ + ".second_moment", &second_, true}};
    }

  protected:
    MomentOptimizer(std::string_view name, std::int64_t size)
        : first_(static_cast<std::size_t>(size), 0.0F),
          second_(static_cast<std::size_t>(size), 0.0F),
          name_(name) {}

    AlignedFloats first_;   // mean of the gradient, not yet corrected for its start at zero
    AlignedFloats second_;  // mean of its square, likewise

  private:
    std::string name_;
};

}  // namespace elbow::optim
