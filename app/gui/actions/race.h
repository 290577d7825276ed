#pragma once

// Two runs against one another: the menu of rivals, and the buttons of the bar that says who leads.
// GUI thread.

#include <cstddef>
#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"
#include "engine/estimator/estimator.h"

namespace elbow::gui {

// Why none can begin; empty: one can.
std::string why_no_race(const Context&);
WindowAction rival_action(Context&, const estimator::EstimatorEntry&);

// In a race.
WindowAction end_race_action(Context&, std::size_t number);
WindowAction pace_action(Context&);
WindowAction link_action(Context&);

}  // namespace elbow::gui
