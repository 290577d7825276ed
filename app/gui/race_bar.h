#pragma once

// The bar above the panels that says how a race stands and lets the person end it. GUI thread.

#include "app/gui/area.h"
#include "app/gui/context.h"

namespace elbow::gui {

// context.race is not null. As high as a message bar.
void draw_race_bar(Context&, const Area&);

}  // namespace elbow::gui
