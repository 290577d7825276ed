#pragma once

// A smooth curve through points: Catmull and Rom's, for points at unequal distances. Pure.

#include <cstddef>
#include <span>
#include <vector>

namespace elbow::explore {

class SmoothCurve {
  public:
    // points: at least two, [N] each; of a closed curve the last one is the first one again, and
    // the curve is smooth there, too.
    SmoothCurve(std::vector<std::vector<float>> points, bool closed);
    // At t in [0, 1] of the way from a point to the next, into z [N].
    void point(std::size_t leg, double t, std::span<float> z) const;

  private:
    void find_slope(std::size_t at, bool closed);
    void find_slope_of_end(std::size_t at, std::size_t neighbour, std::size_t leg);

    std::vector<std::vector<float>> points_;
    std::vector<double> lengths_;              // [points - 1], of the legs
    std::vector<std::vector<double>> slopes_;  // [points] of [N], per unit of length
};

}  // namespace elbow::explore
