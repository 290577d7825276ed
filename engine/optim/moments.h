#pragma once

// What Adam and its kin remember of each parameter.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {

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
