#pragma once

// The selection: what its images look like and have alike, and the attributes made of it. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_selection_panel();

}  // namespace elbow::gui
