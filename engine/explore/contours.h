#pragma once

// Lines of equal height over a grid of values, by marching squares. Pure functions.

#include <span>
#include <vector>

#include "engine/explore/manifold.h"

namespace elbow::explore {

struct ContourPoint {
    double x = 0.0, y = 0.0;
};
// A closed line ends where it begins.
using ContourLine = std::vector<ContourPoint>;

// Where the values [rows, columns], linear between neighbours, cross the level; in steps of the
// grid: x from 0 to columns - 1, y from 0 to rows - 1 with the rows. No line goes through a square
// that has a corner which is not finite.
std::vector<ContourLine> contours(std::span<const double> values, int columns, int rows,
                                  double level);

// The same in latent units, for values at the middles of the cells of a plane; none where there is
// one row alone.
std::vector<ContourLine> contours(std::span<const double> values, const ManifoldRequest& plane,
                                  double level);

}  // namespace elbow::explore
