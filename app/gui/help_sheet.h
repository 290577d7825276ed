#pragma once

// The sheet of keys, mouse gestures and words, opened with `?`. GUI thread.

#include <functional>

#include "app/gui/window_action.h"

namespace elbow::gui {
struct Context;

// Draws nothing while `open` is false and clears it when the reader closes the sheet. Asks for the
// actions, whose keys it shows, only while it is open.
void draw_help(Context&, const std::function<WindowActions()>& actions, bool& open);

}  // namespace elbow::gui
