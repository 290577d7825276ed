#pragma once

// What the window can do, by families; each is a file. Where they live, the list in actions.cpp
// says, but for those of a menu, whose label it is. GUI thread.

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

void add_run_actions(Context&, WindowActions&);        // play, step, restart, undo
void add_race_actions(Context&, WindowActions&);       // who races, who goes on
void add_saved_run_actions(Context&, WindowActions&);  // the runs that were saved last
void add_export_actions(Context&, WindowActions&);     // each export to a file and to the clipboard
void add_experiment_actions(Context&, WindowActions&);  // those of the paper
void add_window_actions(Context&, WindowActions&);      // colours, sizes, help

}  // namespace elbow::gui
