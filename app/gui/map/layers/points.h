#pragma once

// How the points of the map look. Pure functions.

#include "app/charts/painter.h"
#include "app/charts/raster.h"
#include "app/gl/map_renderers.h"
#include "app/gui/map/map_scene.h"
#include "app/gui/theme.h"

namespace elbow::gui {

// Points fade while images are behind them; there, and where no label colours them, a rim of the
// ground's colour sets them off. point_px: pixels of the screen. scale: of a design pixel.
gl::PointStyle point_style(const Theme&, bool labelled, bool on_images, float point_px,
                           float scale);

// Into a picture, in the style's colours by label; those that are in view and somewhere.
void paint_points(charts::Raster&, const MapScene&, const PlacedPoints&, const gl::PointStyle&,
                  std::uint32_t hidden_labels = 0);

// The same as shapes.
void draw_points(charts::Painter&, const MapScene&, const PlacedPoints&, const gl::PointStyle&,
                 std::uint32_t hidden_labels = 0);

// Whether they are coloured by what the model makes of them, which another layer does.
bool has_colours_of_scores(const MapScene&);

}  // namespace elbow::gui
