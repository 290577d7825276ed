#pragma once

// The panel that shows the latent map: held-out images as points, the dot to drag, handles A and B,
// what lies behind. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_map_panel(Shows);  // kFirst or kSecond

}  // namespace elbow::gui
