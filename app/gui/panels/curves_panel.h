#pragma once

// The curves at the bottom: bound, reconstruction, KL and the KL of each latent along the run. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_curves_panel();

}  // namespace elbow::gui
