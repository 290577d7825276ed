#pragma once

// Two sets of weights side by side, with one dot, one selection and one view of the map: of two
// moments of a run, of two runs, or of a run and a saved one. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_compare_panel();

}  // namespace elbow::gui
