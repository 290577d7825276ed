#pragma once

// The image under the dot, in a corner of a map that fills the window. GUI thread.

#include "app/gui/map/map_view.h"

namespace elbow::gui {

// The upper left corner of an inset of this size: in the map's upper right corner, or in the upper
// left one where it would cover the dot.
ImVec2 inset_corner(const PlaneView&, ImVec2 size_px, ImVec2 dot_px, float margin_px);

}  // namespace elbow::gui
