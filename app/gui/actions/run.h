#pragma once

// What can be done with the run in hand: the buttons of the panel "Run", and their keys. GUI
// thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// Why nothing can be done with a run that is not there; empty: it is.
std::string no_run_yet(const Context&);

WindowAction play_action(Context&);
WindowAction step_action(Context&);
WindowAction restart_action(Context&);
WindowAction save_run_action(Context&);
WindowAction cancel_loading_action(Context&);

}  // namespace elbow::gui
