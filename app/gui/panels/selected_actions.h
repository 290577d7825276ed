#pragma once

// What can be done with the selected held-out image. GUI thread.

#include <vector>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

WindowAction deselect_action(Context&);
// A row of buttons for what is put at the mean [N] of its q(z|x). It breaks where the panel ends.
void draw_mean_buttons(Context&, const std::vector<float>& mean);
void add_selected_actions(Context&, WindowActions&);

}  // namespace elbow::gui
