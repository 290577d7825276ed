#pragma once

// Which points of a map are drawn where there are more than can be told apart: far out one in two,
// four, eight... of each label, near by all that are in view. Pure functions, no drawing.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gui/map/map_view.h"

namespace elbow::gui {

// More than the largest of the usual sets has, and about what a processor alone can draw in a
// frame.
inline constexpr int kMostPointsDrawn = 12'000;

// Points in a nested order (explore/nested_order.h), or some of them.
struct RankedPoints {
    std::vector<float> xy;             // [count, 2]
    std::vector<std::uint8_t> labels;  // [count], or empty
    int count() const { return static_cast<int>(xy.size() / 2); }
};

// The points in this order, [count]; in that of their numbers where the order is of another count.
// They are put side by side once for each map, so that each frame can run through them.
RankedPoints ranked(const PlacedPoints&, std::span<const std::uint32_t> order);

// Of the points, as they were drawn last.
struct DrawnPoints {
    int points = 0;
    int one_in = 1;  // so many points in view stand for which one is drawn
};

// What a view shows of the points.
struct ThinnedPoints {
    RankedPoints points;
    int one_in = 1;   // so many points stand for which one is drawn
    int in_view = 0;  // of the points
    int count() const { return points.count(); }
};

// The points on the ground and `margin` (latent units) around it whose labels are not hidden: all
// of them, or where more than `most` are in view, or three times as many on the ground, those among
// the first 1/2, 1/4, 1/8... of all, as many as that allows. So a closer view shows all that a
// wider one showed there. The ground has the view in it, or is it. Replaces what `shown` held.
void thin(const RankedPoints&, const PlaneView& view, const PlaneView& ground, double margin,
          std::uint32_t hidden_labels, int most, ThinnedPoints& shown);

// A fair sample of the places, [at most `most`, 2].
std::span<const float> sample_places(const RankedPoints&, int most);

}  // namespace elbow::gui
