#pragma once

// How the points of the map look. Pure functions.

#include "app/gl/map_renderers.h"
#include "app/gui/theme.h"

namespace elbow::gui {

// Points fade while images are behind them; there, and where no label colours them, a rim of the
// ground's colour sets them off. point_px: pixels of the screen. scale: of a design pixel.
gl::PointStyle point_style(const Theme&, bool labelled, bool on_images, float point_px,
                           float scale);

}  // namespace elbow::gui
