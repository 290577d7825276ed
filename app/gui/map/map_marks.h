#pragma once

// What several of the map's layers say of their marks.

#include <vector>

#include "app/gui/context.h"
#include "app/gui/map/map_scene.h"

namespace elbow::gui {

// Sizes at scale 1.
inline constexpr float kDotRadiusPx = 8.0f;
inline constexpr float kHandleRadiusPx = 9.0f;
inline constexpr float kWaypointRadiusPx = 8.0f;  // between A and B

// Of a point.
ImU32 label_colour(const MapScene&, int index);

// Around a place, with radii in pixels, the first of which lies at the angle from the x axis:
// radians, counter-clockwise.
std::vector<charts::Pixel> ellipse_corners(charts::Pixel at, double first_radius,
                                           double second_radius, std::size_t corners,
                                           double angle = 0.0);

// Places of the plane in pixels.
std::vector<charts::Pixel> pixels_of(const MapScene&, const std::vector<PlanePoint>&);

// In the layout log, with z [N]. radius: at scale 1.
void mark_disc(Context&, const MapScene&, const char* name, const std::vector<float>& z,
               float radius);

}  // namespace elbow::gui
