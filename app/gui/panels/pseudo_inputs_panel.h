#pragma once

// The pseudo-inputs of a prior that learns some, as pictures that change while it learns. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_pseudo_inputs_panel();

}  // namespace elbow::gui
