#pragma once

// Lines of equal height over a grid of values, by marching squares. Pure functions.

#include <array>
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

// Of those that are finite; -infinity where none is.
double highest_of(std::span<const double> values);

// Of the logarithms of a density at evenly spaced places: the lowest one within the likeliest
// places that hold this part of all. What is not finite holds nothing.
double level_holding(std::span<const double> nats, double part);
// The parts that the ellipses of a Gaussian over two latents hold at 1, 2 and 3 standard
// deviations.
inline constexpr std::array<double, 3> kGaussianParts{0.3935, 0.8647, 0.9889};

// The same in latent units, for values at the middles of the cells of a plane; none where there is
// one row alone.
std::vector<ContourLine> contours(std::span<const double> values, const ManifoldRequest& plane,
                                  double level);

}  // namespace elbow::explore
