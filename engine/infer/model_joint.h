#pragma once

// log p(x, z) of a model with given weights and the images of a data set: the LogJoint of a VAE. A
// team shares the rows. Owned and used by one thread, as the team is.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/batch.h"
#include "engine/infer/log_joint.h"
#include "engine/model/model.h"

namespace elbow::infer {

class ModelJoint final : public LogJoint {
  public:
    // `team` outlives this. Throws as model::make_model.
    ModelJoint(const model::ModelSpec&, Team& team);

    // Which weights [layout.size()] and which images, those that the batch is of, as they are: its
    // own rows do not matter. Both have to stay where they are while evaluate() is called.
    void look_at(model::Parameters, const data::Batch&);

    int latents() const override { return latents_; }
    void evaluate(std::span<const std::uint32_t> images, std::span<const float> z,
                  std::span<double> log_density, std::span<float> gradient) override;

  private:
    int latents_;  // N
    Team& team_;
    std::vector<std::unique_ptr<model::Model>> models_;  // one a member
    model::Parameters parameters_;
    data::Batch images_{};
};

}  // namespace elbow::infer
