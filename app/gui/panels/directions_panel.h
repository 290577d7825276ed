#pragma once

// In which directions the image under the dot changes fastest: a row of images for each, which
// moves the dot along it. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_directions_panel();

}  // namespace elbow::gui
