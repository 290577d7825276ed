#pragma once

// How each optimiser is made. Only the list (optimizers.cpp) includes this.

#include <cstdint>
#include <memory>

#include "engine/optim/optimizer.h"

namespace elbow::optim {

// `size`: floats in the parameter buffer. What an optimiser remembers starts at zero.
std::unique_ptr<Optimizer> make_adam(std::int64_t size);
std::unique_ptr<Optimizer> make_nadam(std::int64_t size);
std::unique_ptr<Optimizer> make_adagrad(std::int64_t size);
std::unique_ptr<Optimizer> make_sgd(std::int64_t size);

}  // namespace elbow::optim
