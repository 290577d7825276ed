#include "app/gui/map/ellipses.h"

#include <cmath>

namespace elbow::gui {
namespace {

constexpr double kRoomPx = 3.0;  // around an ellipse, for its line

struct Shape {
    float x, y, x_radius, y_radius;
    bool finite() const {
        return std::isfinite(x) && std::isfinite(y) && std::isfinite(x_radius) &&
               std::isfinite(y_radius);
    }
};

Shape shape_of(const explore::LatentMap& map, const PlacedPoints& points, const ViewState& seen,
               std::uint32_t image) {
    const PlanePoint at = points.at(static_cast<int>(image));
    const auto deviation = [&](int axis) {
        return map
            .deviation[static_cast<std::size_t>(image) * static_cast<std::size_t>(map.latents) +
                       static_cast<std::size_t>(axis)];
    };
    return {static_cast<float>(at.x), static_cast<float>(at.y), deviation(seen.x_axis),
            map.latents > 1 ? deviation(seen.y_axis) : 0.0F};
}

bool reaches_into(const PlaneView& view, const Shape& shape) {
    return shape.x + shape.x_radius > view.x_min() && shape.x - shape.x_radius < view.x_max() &&
           shape.y + shape.y_radius > view.y_min() && shape.y - shape.y_radius < view.y_max();
}

}  // namespace

Ellipses ellipses_in(const PlaneView& view, const PlaneView& ground, const explore::LatentMap& map,
                     std::span<const std::uint32_t> order, const PlacedPoints& points,
                     const ViewState& seen, double scale) {
    Ellipses shown;
    if (order.empty() || order.size() != static_cast<std::size_t>(points.count())) return shown;
    const double units = view.pixels_per_unit() / scale;
    double pixels = 0.0, ground_pixels = 0.0;
    int in_view = 0;
    const auto add = [&](std::uint32_t image) {
        const int label = points.label(static_cast<int>(image));
        const Shape shape = shape_of(map, points, seen, image);
        const bool hidden = !points.labels.empty() && is_hidden(seen.hidden_labels, label);
        if (hidden || !shape.finite() || !reaches_into(ground, shape)) return;
        shown.shapes.insert(shown.shapes.end(), {shape.x, shape.y, shape.x_radius, shape.y_radius});
        shown.labels.push_back(static_cast<std::uint8_t>(label));
        const double own =
            4.0 * (shape.x_radius * units + kRoomPx) * (shape.y_radius * units + kRoomPx);
        ground_pixels += own;
        if (!reaches_into(view, shape)) return;
        pixels += own;
        ++in_view;
    };
    // Twice as many images at a time, as long as their ellipses have room.
    int halvings = 0;
    while ((order.size() >> (halvings + 1)) > 0) ++halvings;
    std::size_t looked_at = 0, kept = 0;
    for (;; --halvings) {
        const std::size_t end = order.size() >> halvings;
        for (; looked_at < end; ++looked_at) add(order[looked_at]);
        const bool too_many =
            pixels > kMostEllipsePixels || ground_pixels > kGroundShare * kMostEllipsePixels;
        if (too_many && kept > 0) break;
        kept = shown.labels.size();
        shown.in_view = in_view;
        shown.one_in = 1 << halvings;
        if (halvings == 0) break;
    }
    shown.shapes.resize(4 * kept);
    shown.labels.resize(kept);
    return shown;
}

}  // namespace elbow::gui
