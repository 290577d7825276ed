#pragma once

// Images decoded from fixed draws of the prior, so that they sharpen while the model learns. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_prior_samples_panel();

}  // namespace elbow::gui
