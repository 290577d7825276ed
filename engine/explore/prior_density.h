#pragma once

// The density of a model's own prior over a part of the map's plane, and its lines of equal
// density. Pure values; the work belongs to one thread.

#include <array>
#include <vector>

#include "engine/explore/contours.h"
#include "engine/explore/manifold.h"
#include "engine/model/model.h"

namespace elbow::explore {

// How far below the highest value of log p(z) there is a line, nats: of N(0, I) these are the
// circles of radius 1, 2 and 3.
inline constexpr std::array<double, 3> kDensityDrops{0.5, 2.0, 4.5};

struct PriorDensity {
    ManifoldRequest plane;     // at the middles of its cells
    std::vector<double> nats;  // log p(z), [rows, columns], row 0 at the top
    double highest = 0.0;      // of those that are finite
    // At each drop, in latent units; none where there is one row alone.
    std::array<std::vector<ContourLine>, kDensityDrops.size()> lines;
};

// Works it out piece by piece.
class PriorDensityWork {
  public:
    PriorDensityWork(const ManifoldRequest& plane, int latents);
    // Evaluates so many cells more, at least one; true once all are done.
    bool advance(model::Model&, model::Parameters, int cells);
    // Of the finished work.
    PriorDensity take();

  private:
    PriorDensity density_;
    std::vector<float> z_;  // [rows * columns, N]
    std::size_t done_ = 0;  // cells
};

PriorDensity prior_density(model::Model&, model::Parameters, const ManifoldRequest& plane);

}  // namespace elbow::explore
