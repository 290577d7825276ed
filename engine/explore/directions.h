#pragma once

// In which directions the decoded image changes fastest at a place: the eigenvectors of the
// decoder's pull-back metric G = J^T J there (metric.h), in all latents. The work belongs to one
// thread.

#include <cstddef>
#include <span>
#include <vector>

#include "engine/model/model.h"

namespace elbow::explore {

struct Directions {
    std::vector<float> z;         // [N]: the place
    std::vector<double> stretch;  // [N], from the largest: the image's distance for a unit of z
    std::vector<float> vectors;   // [N, N]: a row a direction, of length 1
    std::span<const float> vector(std::size_t direction) const;
    // Of a direction, of the sum of all squared stretches, from 0 to 1; 0 where nothing changes.
    double share(std::size_t direction) const;
};

// Piece by piece.
class DirectionsWork {
  public:
    DirectionsWork(std::vector<float> z, int label);
    // Decodes so many images at most, at least two, or turns the metric's axes once; true once all
    // is done.
    bool advance(model::Model&, model::Parameters, int images);
    Directions take() { return std::move(result_); }

  private:
    void take_metric();
    bool turn_axes();
    void finish();

    int label_;
    std::size_t latents_, dimensions_ = 0;
    std::size_t decoded_ = 0;     // latents whose slope is known
    std::vector<float> slopes_;   // [N, D], per unit of z
    std::vector<double> metric_;  // [N, N], which becomes diagonal
    std::vector<double> axes_;    // [N, N]: a row an axis
    int turns_ = 0;
    Directions result_;
};

Directions directions(model::Model&, model::Parameters, std::vector<float> z, int label = 0);

}  // namespace elbow::explore
