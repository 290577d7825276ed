#pragma once

// The images that a prior learns with the model, as a VampPrior its pseudo-inputs.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& pseudo_inputs_export();

}  // namespace elbow::gui
