#pragma once

// How the window looks, behind one button of the top bar: colours, size of letters and controls,
// size of the map's points, where the panels are. GUI thread.

namespace elbow::gui {

struct Context;

// The button, where the cursor is, and the menu under it.
void draw_view_menu(Context&);
// How wide the button is, in pixels.
float view_button_width(const Context&);

}  // namespace elbow::gui
