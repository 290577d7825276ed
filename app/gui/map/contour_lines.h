#pragma once

// Lines of equal height on the map. Pure functions.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map/map_scene.h"
#include "engine/explore/contours.h"

namespace elbow::gui {

std::vector<charts::Pixel> pixels_of(const MapScene&, const explore::ContourLine&);

// "86 %", of explore::kGaussianParts.
std::string part_text(std::size_t part);

// Lines of several heights.
using LineSets = std::span<const std::vector<explore::ContourLine>>;
// "7 lines"
std::string count_text(LineSets);
// The number of the set with a line under the mouse; absent: none is there.
std::optional<std::size_t> lines_under_mouse(const MapScene&, LineSets);

}  // namespace elbow::gui
