#pragma once

// The run controls at the left: play, step, restart, every option of a run, and the live numbers.
// GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_controls_panel();

}  // namespace elbow::gui
