#pragma once

// The amortisation gap of one held-out image: what the encoder's answer, made for all images at
// once, loses against variational inference for this image alone. Owned and used by one thread.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/dataset.h"
#include "engine/infer/gaussian_posterior.h"
#include "engine/infer/model_joint.h"
#include "engine/model/model.h"

namespace elbow::explore {

struct RefinedPoint {
    int index = 0;                 // in the held-out set
    std::vector<float> mean;       // [N] of the q(z) that per-image inference found
    std::vector<float> deviation;  // [N]
    double bound_before = 0.0;     // nats, of the encoder's q(z|x)
    double bound_after = 0.0;      // nats, of the refined one; both from the same noise
    int steps = 0;                 // of per-image inference, begun at the encoder's answer
    double gap_nats() const { return bound_after - bound_before; }
};

// Few enough for a click: about twenty milliseconds with the paper's networks.
inline constexpr infer::RefinementSettings kPointRefinement{.steps = 100, .evaluation_samples = 64};

// The work, a few steps at a time. Each image has noise of its own, the same whenever it is looked
// at.
class PointRefinement {
  public:
    // The parameters [layout.size()] and the data set outlive this; the model is asked for the
    // encoder's answer here and not later. Throws UsageError for an image that is not there.
    PointRefinement(model::Model&, model::Parameters parameters, const data::Dataset&,
                    int held_out_index, const infer::RefinementSettings&, std::uint64_t seed);
    PointRefinement(const PointRefinement&) = delete;
    PointRefinement& operator=(const PointRefinement&) = delete;

    // So many more steps; true when those were the last.
    bool advance(int steps);
    RefinedPoint result() const;  // once advance() was true

  private:
    int index_;
    Team team_{1};
    infer::ModelJoint joint_;
    infer::PosteriorRefinement refinement_;
};

// All of it at once.
RefinedPoint refine_point(model::Model&, model::Parameters parameters, const data::Dataset&,
                          int held_out_index, const infer::RefinementSettings&, std::uint64_t seed);

}  // namespace elbow::explore
