#pragma once

// The panel that shows the strip of decoded images along the path from A to B. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_interpolation_panel();

}  // namespace elbow::gui
