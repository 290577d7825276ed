#pragma once

// The weights of a run and what its optimiser remembers of them, with the host or on a device. The
// Session's thread alone.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/aligned.h"
#include "engine/core/team.h"
#include "engine/estimator/resident.h"
#include "engine/model/layout.h"
#include "engine/optim/optimizer.h"
#include "engine/run/config.h"
#include "engine/train/checkpoint.h"

namespace elbow::train {

class Weights {
  public:
    // All zero.
    Weights(const RunConfig&, const model::ParameterLayout&);

    // Those that a run begins with, and their own mean.
    void begin_with(const std::vector<float>& initial);
    // From here on `resident` makes the steps; null: the host does.
    void live_on(std::unique_ptr<estimator::Resident> resident);
    // The host goes on with what it had last.
    void leave_device() { resident_.reset(); }
    estimator::Resident* device() const { return resident_.get(); }

    // Moves the live weights by a gradient [size]; where the host makes the steps.
    void update(std::span<const float> gradients, const optim::StepSettings&, Team&);

    // Those that training goes on with; and those that held-out images are measured with, and that
    // are shown, of a run with these options.
    const AlignedFloats& live() const;
    const AlignedFloats& measured(const RunConfig&) const;
    const AlignedFloats& shown(const RunConfig&) const;

    // Copies those that are measured: they are the best so far.
    void keep_best(const RunConfig&);
    bool has_best() const { return !best_.empty(); }

    // All of it, in a checkpoint whose parameters are those that are shown: the live ones stand in
    // their place among what the optimiser remembers. take() throws Error where something is
    // missing or damaged.
    void put_into(Checkpoint&, const RunConfig&) const;
    void take(const Checkpoint&, const RunConfig&);

  private:
    // The weights of a layer: of each of its outputs so many, from an offset on.
    struct Layer {
        std::int64_t offset, outputs, inputs;
    };
    static std::vector<Layer> layers_of(const model::ParameterLayout&);
    std::vector<optim::Optimizer::State> states() const;
    AlignedFloats* mean() const;
    const AlignedFloats* other_than_live(const RunConfig&) const;

    std::vector<Layer> layers_;
    std::unique_ptr<optim::Optimizer> optimizer_;
    std::unique_ptr<estimator::Resident> resident_;
    mutable AlignedFloats live_;  // on a device, as they were last asked for
    mutable AlignedFloats best_;  // empty: there is none
};

// What a checkpoint holds under a name; throws Error where that is not there, or not as long.
const std::vector<float>& saved_values(const std::vector<Checkpoint::NamedState>& saved,
                                       const std::string& name, std::size_t size,
                                       const std::string& owner);

}  // namespace elbow::train
