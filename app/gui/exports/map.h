#pragma once

// The latent map as it is seen.

#include "app/gui/exports/export.h"
#include "app/gui/map/map_picture.h"

namespace elbow::gui {

const Export& map_export();

// "times the size on the screen".
ExportNumber map_scale_choice();

// How the map is seen.
MapPicture map_of(const ExportSource&);

}  // namespace elbow::gui
