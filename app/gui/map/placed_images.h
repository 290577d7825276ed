#pragma once

// Which of the points of a map have room for their image in the place of a dot. Pure functions.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gui/map/map_view.h"

namespace elbow::gui {

// Latent units.
struct ImageRoom {
    double width = 0.0, height = 0.0;
    bool operator==(const ImageRoom&) const = default;
};
// At least so many pixels, and the same over a range of zooms.
ImageRoom image_room(const PlaneView&, ImVec2 least_px);

// The numbers of images that lie at their points without overlapping: of two that would, the one
// that had room before or else comes first in the order (explore/nested_order.h; that of their
// numbers where it is of another count). They do not depend on the view, so that they stay while it
// pans.
std::vector<int> images_with_room(const PlacedPoints&, std::span<const std::uint32_t> order,
                                  std::uint32_t hidden_labels, const ImageRoom&,
                                  std::span<const int> before);

// Those of them that are seen, at most so many.
std::vector<int> images_in_view(const PlacedPoints&, std::span<const int> images, const PlaneView&,
                                const ImageRoom&, std::size_t most);

}  // namespace elbow::gui
