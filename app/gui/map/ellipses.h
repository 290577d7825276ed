#pragma once

// Which posteriors the map draws at their true size: of a fair sample of the held-out images, the
// same ones while the model learns, and the more of them the smaller they are. Pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gui/map/map_view.h"
#include "engine/explore/latent_map.h"

namespace elbow::gui {

// At one standard deviation along each of the map's axes, latent units; with one latent of no
// height.
struct Ellipses {
    std::vector<float> shapes;         // [count, 4]: middle and radii
    std::vector<std::uint8_t> labels;  // [count]; all 0 where there are none
    int one_in = 1;                    // so many images stand for which one is drawn
    int in_view = 0;                   // of them
    int count() const { return static_cast<int>(shapes.size() / 4); }
};

// Of all ellipses together, design pixels: more of it shows less.
inline constexpr double kMostEllipsePixels = 200'000.0;

// Those of the first 1/1, 1/2, 1/4... of the images in `order` (explore/nested_order.h) that lie on
// the ground and are not hidden, so many that those in view fit into kMostEllipsePixels, and those
// on the ground into three times as many. The ground has the view in it, or is it. scale: pixels
// for a design pixel.
Ellipses ellipses_in(const PlaneView& view, const PlaneView& ground, const explore::LatentMap&,
                     std::span<const std::uint32_t> order, const PlacedPoints&, const ViewState&,
                     double scale);

}  // namespace elbow::gui
