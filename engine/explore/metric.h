#pragma once

// The pull-back metric of the decoder: how fast the decoded image changes with z. G = J^T J, with J
// the slope of the mean of p(x|z), whose pixels are from 0 to 1, so that a step dz changes the
// image by sqrt(dz^T G dz): the distance of two images is the root of the sum of their pixels'
// squared differences. Pure functions.

#include <cstddef>
#include <vector>

#include "engine/explore/manifold.h"
#include "engine/model/model.h"

namespace elbow::explore {

// G in the two latents on a map's axes, per squared latent unit; with one latent, xx alone.
struct MetricTensor {
    float xx = 0.0F, xy = 0.0F, yy = 0.0F;
};

struct Metric {
    ManifoldRequest plane;              // at the middles of its cells
    std::vector<MetricTensor> tensors;  // [rows, columns], row 0 at the top
    // The root of its determinant: how much of the space of images a piece of the plane fills, per
    // squared latent unit; with one latent, the speed. NaN where the decoder gives no number.
    double volume(std::size_t cell) const;
};

// The steps that change the image by a distance, seen in the plane: an ellipse, latent units.
struct MetricEllipse {
    double long_radius = 0.0, short_radius = 0.0;
    double angle = 0.0;  // of the long one, radians from the x axis
};
// Radii are at most `most`, for there are places where the image hardly changes.
MetricEllipse ellipse_of(const MetricTensor&, double distance, double most);

// Works it out piece by piece.
class MetricWork {
  public:
    explicit MetricWork(const ManifoldRequest& plane) { metric_.plane = plane; }
    // So many decoded images more, at least those of a cell; true once all is done.
    bool advance(model::Model&, model::Parameters, int images);
    Metric take() { return std::move(metric_); }

  private:
    Metric metric_;
    std::vector<float> z_;  // [rows * columns, N]
};

Metric metric(model::Model&, model::Parameters, const ManifoldRequest& plane);

}  // namespace elbow::explore
