#pragma once

// Where a window of its own over the panels appears. GUI thread.

#include "imgui.h"

namespace elbow::gui {

// The next window appears in the middle of the display, this large, or as large as it has room for,
// and cannot be made smaller than `least` or larger than the display. Design pixels.
void place_window(ImVec2 size, ImVec2 least, float scale);

}  // namespace elbow::gui
