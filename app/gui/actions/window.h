#pragma once

// What can be done with the window itself: the buttons of the menu "View" and of the sheet of keys,
// and their keys. GUI thread.

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

WindowAction full_screen_action(Context&);
WindowAction reset_layout_action(Context&);
WindowAction guided_tour_action(Context&);
WindowAction lecture_action(Context&);

}  // namespace elbow::gui
