#pragma once

// Optimisers: each is one loop over the flat buffers, in which a team shares. They ascend.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/registry.h"

namespace elbow::optim {

struct StepSettings {
    double step_size;
    std::int64_t step;    // 1 for the first update
    double weight_prior;  // adds -weight_prior * w to the gradient: M/N for the prior N(0, I) on
                          // the weights, 0 without
    int minibatch;        // M
    int warmup_steps;     // first updates in which Adagrad only gathers squares
    double average_share = 0.0;  // of the new weights in their mean (average.h); 0: as it was
};

inline constexpr float kAdagradEpsilon = 1e-8F;  // inside the square root

class Optimizer {
  public:
    virtual ~Optimizer() = default;

    // Updates parameters [begin, end) from the summed gradients [begin, end). Called by several
    // threads at once for ranges that do not overlap.
    virtual void update(std::span<float> parameters, std::span<const float> gradients,
                        std::int64_t begin, std::int64_t end, const StepSettings&) = 0;

    // What it remembers from step to step, named ("adam.first_moment"), each as long as the
    // parameters: saved with a checkpoint and restored from it.
    struct State {
        std::string name;
        AlignedFloats* values;
        bool is_of_squares = false;  // never negative
    };
    virtual std::vector<State> state() = 0;
};

struct OptimizerEntry {
    std::string name;
    std::string title;
    bool weight_prior_by_default;
    std::unique_ptr<Optimizer> (*make)(std::int64_t size);
    bool has_warmup = false;  // its first updates leave the weights where they are
};

const Registry<OptimizerEntry>& optimizers();

}  // namespace elbow::optim
