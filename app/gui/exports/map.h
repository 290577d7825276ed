#pragma once

// The latent map as it is seen.

#include "app/gui/exports/export.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_picture.h"

namespace elbow::gui {

const Export& map_export();

// "times the size on the screen".
ExportNumber map_scale_choice();

// What its points are told apart by; refers to what the source holds.
MapClasses map_classes(const ExportSource&);

// How the map is seen.
MapPicture map_of(const ExportSource&);

}  // namespace elbow::gui
