#pragma once

// What the latents do to an image, as an animation: one of them moves through its range, or each of
// them does in an image of its own.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& traversal_export();

}  // namespace elbow::gui
