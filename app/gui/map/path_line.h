#pragma once

// A path from A to B on the map. Pure functions.

#include <memory>
#include <vector>

#include "app/gui/map/map_scene.h"
#include "engine/explore/interpolation.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::gui {

// What is known of the paths between the present ends, or those that they were dragged from; null:
// nothing.
std::shared_ptr<const live::PathGeometryView> geometry_of(const MapScene&);

std::vector<charts::Pixel> path_line(const MapScene&, explore::PathKind);

}  // namespace elbow::gui
