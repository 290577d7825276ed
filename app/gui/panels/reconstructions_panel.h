#pragma once

// Fixed held-out images, each above its reconstruction by the newest weights. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_reconstructions_panel();

}  // namespace elbow::gui
