#pragma once

// An objective whose gradient LibTorch's module finds for some rows at a time, shared out among a
// team. The module itself knows no team: a program and a module that each have a copy of it would
// not wake one another's threads. Used by the Session's thread and its team.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/estimator/estimator.h"
#include "engine/model/layout.h"

namespace elbow::estimator {

// Implemented in the module. Each thread may call it at any time.
class PartObjective {
  public:
    virtual ~PartObjective() = default;
    // Overwrites every parameter's part of `gradients` with the gradient of the objective summed
    // over the rows of the minibatch, and returns the sums.
    virtual BoundSum gradient(std::span<const float> parameters, const Minibatch&,
                              std::span<float> gradients) const = 0;
    // As Estimator::resident.
    virtual std::unique_ptr<Resident> resident(const ResidentSetup&) const = 0;
};

class SharedObjective final : public Estimator {
  public:
    // `name` is one of the module's objectives. Throws Error where the module cannot be opened.
    SharedObjective(const std::string& name, const EstimatorSetup&);

    BoundSum gradient(std::span<const float> parameters, const Minibatch&,
                      std::span<float> gradients) override;
    std::unique_ptr<Resident> resident(const ResidentSetup& setup) const override {
        return objective_->resident(setup);
    }

  private:
    Minibatch part_of(const Minibatch&, const Share&) const;

    std::unique_ptr<PartObjective> objective_;
    model::ParameterLayout layout_;
    std::int64_t latents_, noise_samples_;  // N, L
    bool on_the_processor_;
    Team& team_;
    std::vector<std::vector<float>> gradients_;  // [members but the first, layout.size()]
    std::vector<BoundSum> sums_;                 // [members]
};

}  // namespace elbow::estimator
