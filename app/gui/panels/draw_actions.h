#pragma once

// What can be done with the drawing as a whole. GUI thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// Whether there is a drawing of the run's images' size.
bool has_drawing(const Context&);
std::string why_no_drawing(const Context&);  // empty: there is one

WindowAction clear_action(Context&);
WindowAction from_dot_action(Context&);
WindowAction from_image_action(Context&);
WindowAction noise_action(Context&);
WindowAction pass_action(Context&);

}  // namespace elbow::gui
