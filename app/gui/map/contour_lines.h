#pragma once

// Lines of equal height on the map. Pure functions.

#include <string>
#include <vector>

#include "app/gui/map/map_scene.h"
#include "engine/explore/contours.h"

namespace elbow::gui {

std::vector<charts::Pixel> pixels_of(const MapScene&, const explore::ContourLine&);

// "86 %", of explore::kGaussianParts.
std::string part_text(std::size_t part);

// Whether the line comes so near to the place, latent units.
bool comes_near(const explore::ContourLine&, PlanePoint, double reach);

}  // namespace elbow::gui
