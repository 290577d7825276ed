#pragma once

// The paper's estimators under a magnifying glass, at the selected image: the noise and the z that
// it becomes, the bound by L draws, log p(x), and how noisy two estimates of the gradient are. GUI
// thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

std::unique_ptr<Panel> make_estimator_panel();

}  // namespace elbow::gui
