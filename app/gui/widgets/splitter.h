#pragma once

// The draggable gap between two panels. GUI thread.

#include "app/gui/context.h"
#include "app/gui/layout_places.h"

namespace elbow::gui {

struct SplitterMove {
    float delta_px = 0.0f;  // since the frame before, along its way
    bool reset = false;     // double click
};

// Draws in the current window, and marks itself in the layout log.
SplitterMove splitter(Context&, const SplitterPlace&);

}  // namespace elbow::gui
