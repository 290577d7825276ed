#pragma once

// What decoding tells of a path through the latent space: the geodesic from each of its points to
// the next, and how long the path of each kind is in the space of images. The work belongs to one
// thread.

#include <optional>
#include <utility>
#include <vector>

#include "engine/explore/interpolation.h"
#include "engine/explore/leg_geometry.h"
#include "engine/model/model.h"

namespace elbow::explore {

// Leg by leg, piece by piece.
class PathGeometryWork {
  public:
    // The points, the label and nothing else of the request count. Throws UsageError where the
    // points have not as many latents as the model.
    PathGeometryWork(const model::Model&, PathRequest);
    // Decodes so many images at most, at least one; true once all is done.
    bool advance(model::Model&, model::Parameters, int images);
    PathGeometry take() { return std::move(result_); }

  private:
    LegLines lines_of_next_leg() const;

    const PathRequest request_;
    std::size_t legs_, latents_;
    LegLines lines_;  // of the whole path, [legs * kStepsOfLeg + 1, N]
    std::optional<LegGeometryWork> leg_;
    PathGeometry result_;
};

PathGeometry path_geometry(model::Model&, model::Parameters, const PathRequest&);

// Of each frame, [frames, N], with the geometry found where the path needs it.
std::vector<float> path_latents(model::Model&, model::Parameters, const PathRequest&);

}  // namespace elbow::explore
