#pragma once

// The image under the dot.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& cursor_export();

}  // namespace elbow::gui
