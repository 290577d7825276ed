#pragma once

// The training of the run in the window, as an animation of one of its pictures.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& training_export();

}  // namespace elbow::gui
