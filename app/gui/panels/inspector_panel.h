#pragma once

// The panel that shows what is under the dot, decoded large, and the selected held-out image. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_inspector_panel();

}  // namespace elbow::gui
