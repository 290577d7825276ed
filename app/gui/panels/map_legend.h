#pragma once

// The column beside the map: the classes' colours, which hide and show their points, and with more
// than two latents the choice of the axes and of the anchor that holds the other latents. GUI
// thread.

#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/map_canvas.h"
#include "app/gui/panels/map_view.h"

namespace elbow::gui {

// What the legend's rows are called: the classes, and where there are more of them than bits of
// hidden_labels, one row for all from the last bit on.
std::vector<std::string> legend_rows(const std::vector<std::string>& class_names);

// Pixels, for the class names and latents at hand.
float legend_width(const Context&);

// Draws into the present ImGui window at the cursor. Changes the exploration's hidden labels, axes
// and anchor.
void draw_legend(Context&, AxisSearch&, const PlacedPoints&, const MapCanvas::Drawn&);

// What is said of points of which only some are drawn.
std::string thinning_text(const MapCanvas::Drawn&, int held_out_images);

}  // namespace elbow::gui
