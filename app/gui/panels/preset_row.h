#pragma once

// The row of the options that says how the run learns by one name, and starts a run that learns
// otherwise; the same in the palette. GUI thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"
#include "engine/run/config.h"

namespace elbow::gui {

// wanted: the run's options with what waits for a new run; why_locked: why none can start; empty:
// one can.
void draw_preset_row(Context&, const RunConfig& wanted, const std::string& why_locked,
                     float label_width);
void add_preset_actions(Context&, const RunConfig& wanted, WindowActions&);

}  // namespace elbow::gui
