#pragma once

// The choice of the latents on the map's axes, the most active first, found by typing. GUI thread.

#include <string>

#include "app/gui/context.h"

namespace elbow::gui {

// What is typed into the open list.
struct AxisSearch {
    char typed[16] = "";
};

// A row "x [z7 v]" or "y [z3 v]". Changes the view state's axes.
void draw_axis_choice(Context&, AxisSearch&, bool upright);

// "z7"; "z7  x", "z7  y" of those on the map's axes, where there are others.
std::string latent_name(const ViewState&, int latent);

// What a click on a latent's KL does, for those who draw it: a click puts it on the horizontal
// axis, Shift-click or right click on the vertical one. Call it while the latent is hovered; not
// with two latents or fewer, where there is nothing to choose.
void choose_axis_by_click(Context&, int latent);
// What the hover text says about it: "Click: ..."; empty where there is nothing to choose.
const char* axis_click_help(const Context&);

}  // namespace elbow::gui
