#pragma once

// The menu "Runs" of the bar over everything: the list, saving, and the runs that were saved last.
// GUI thread.

#include <vector>

#include "app/gui/context.h"
#include "app/gui/runs/run_list.h"

namespace elbow::gui {

float runs_button_width(const Context&);
void draw_runs_menu(Context&);
bool runs_menu_is_open();

}  // namespace elbow::gui
