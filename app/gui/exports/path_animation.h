#pragma once

// The way from A to B, as an animation.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& path_animation_export();

}  // namespace elbow::gui
