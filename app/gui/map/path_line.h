#pragma once

// The path from A to B on the map. Pure functions.

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "app/gui/map/map_scene.h"
#include "engine/explore/interpolation.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::gui {

// What is known of the paths between the present points, or those that they were dragged from;
// null: nothing.
std::shared_ptr<const live::PathGeometryView> geometry_of(const ViewState&, const live::Views*);
std::shared_ptr<const live::PathGeometryView> geometry_of(const MapScene&);

std::vector<charts::Pixel> path_line(const MapScene&, explore::PathKind);

// Where the line of the path passes by a pixel.
struct OnPath {
    std::size_t after;     // the waypoint that it has come from
    std::vector<float> z;  // [N]
    PlanePoint at;
};
// The nearest place within so many pixels; absent: there is none.
std::optional<OnPath> path_under(const ViewState&, const live::Views*, const PlaneView&,
                                 ImVec2 pixel, double reach_px);

}  // namespace elbow::gui
