#include "engine/explore/smooth_curve.h"

#include <cmath>
#include <optional>
#include <utility>

#include "engine/explore/vectors.h"

namespace elbow::explore {
namespace {

// The next leg that leads anywhere, from `leg` on in steps of `by`; of a closed curve once around.
std::optional<std::size_t> leg_from(const std::vector<double>& lengths, std::ptrdiff_t leg, int by,
                                    bool closed) {
    const auto count = static_cast<std::ptrdiff_t>(lengths.size());
    for (std::ptrdiff_t tried = 0; tried < count; ++tried, leg += by) {
        if (!closed && (leg < 0 || leg >= count)) return std::nullopt;
        const auto at = static_cast<std::size_t>((leg % count + count) % count);
        if (lengths[at] > 0.0) return at;
    }
    return std::nullopt;
}

}  // namespace

SmoothCurve::SmoothCurve(std::vector<std::vector<float>> points, bool closed)
    : points_(std::move(points)) {
    for (std::size_t i = 0; i + 1 < points_.size(); ++i)
        lengths_.push_back(std::sqrt(squared_distance(points_[i], points_[i + 1])));
    slopes_.assign(points_.size(), std::vector<double>(points_.front().size(), 0.0));
    for (std::size_t i = 0; i < points_.size(); ++i) find_slope(i, closed);
    if (closed) return;
    // At an end the curve bends no more: its second derivative is zero.
    const auto first = leg_from(lengths_, 0, 1, false);
    const auto last =
        leg_from(lengths_, static_cast<std::ptrdiff_t>(lengths_.size()) - 1, -1, false);
    if (!first || !last) return;
    const bool line = *first == *last;  // between two places, straight
    for (std::size_t i = 0; i <= *first; ++i) find_slope_of_end(i, line ? i : *first + 1, *first);
    for (std::size_t i = *last + 1; i < points_.size(); ++i)
        find_slope_of_end(i, line ? i : *last, *last);
}

// That of the parabola through the point and the places before and after it.
void SmoothCurve::find_slope(std::size_t at, bool closed) {
    const auto place = static_cast<std::ptrdiff_t>(at);
    const auto before = leg_from(lengths_, place - 1, -1, closed);
    const auto after = leg_from(lengths_, place, 1, closed);
    if (!before || !after) return;
    const double back = lengths_[*before], on = lengths_[*after];
    for (std::size_t n = 0; n < slopes_[at].size(); ++n) {
        const double slope_back = (double{points_[*before + 1][n]} - points_[*before][n]) / back;
        const double slope_on = (double{points_[*after + 1][n]} - points_[*after][n]) / on;
        slopes_[at][n] = (slope_back * on + slope_on * back) / (back + on);
    }
}

// neighbour: at the other end of the leg; the point itself where the leg is straight.
void SmoothCurve::find_slope_of_end(std::size_t at, std::size_t neighbour, std::size_t leg) {
    for (std::size_t n = 0; n < slopes_[at].size(); ++n) {
        const double slope = (double{points_[leg + 1][n]} - points_[leg][n]) / lengths_[leg];
        slopes_[at][n] = neighbour == at ? slope : 1.5 * slope - 0.5 * slopes_[neighbour][n];
    }
}

// Hermite's cubic.
void SmoothCurve::point(std::size_t leg, double t, std::span<float> z) const {
    const double s = 1.0 - t, length = lengths_[leg];
    const double from = (1.0 + 2.0 * t) * s * s, to = (1.0 + 2.0 * s) * t * t;
    const double from_slope = length * t * s * s, to_slope = -length * s * t * t;
    for (std::size_t n = 0; n < z.size(); ++n) {
        z[n] = static_cast<float>(from * points_[leg][n] + to * points_[leg + 1][n] +
                                  from_slope * slopes_[leg][n] + to_slope * slopes_[leg + 1][n]);
    }
}

}  // namespace elbow::explore
