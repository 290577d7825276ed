#pragma once

// The strip of images from A to B.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& path_export();

}  // namespace elbow::gui
