#pragma once

// The paper's experiments behind one button of the top bar, a figure under the other: each sets up
// a run with the paper's settings in one click. GUI thread.

#include <string>

#include "engine/run/config.h"

namespace elbow::gui {

struct Context;

// The button, where the cursor is, and the menu under it.
void draw_paper_menu(Context&);
// How wide the button is, in pixels.
float paper_button_width(const Context&);

// Every option of the run with its value, a line for each section, as an item's hover text says it:
// "Data: MNIST, 50000 training images, targets grey".
std::string paper_settings_text(const RunConfig&);

}  // namespace elbow::gui
