#pragma once

// The slider under the curves that goes back through the training of the run in hand: everything
// but the curves and the numbers of the training is then shown as it was. GUI thread.

#include <cstdint>
#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// That there is something to go back to.
bool has_moments(const Context&);
// Pixels; 0 where there is nothing to go back to.
float rewind_bar_height(const Context&);
// Across the panel.
void draw_rewind_bar(Context&);
void add_rewind_actions(Context&, WindowActions&);

// "12.3 k images"
std::string moment_text(std::int64_t samples);

}  // namespace elbow::gui
