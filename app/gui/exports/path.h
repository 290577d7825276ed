#pragma once

// The strip of images from A to B.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& path_export();

// Throws Error where a point of the path is not of the run's latents.
void check_path(const ExportSource&);

}  // namespace elbow::gui
