#pragma once

// Decoded images over the plane of the map's two latents.

#include "app/gui/exports/export.h"
#include "engine/explore/manifold.h"

namespace elbow::gui {

const Export& manifold_export();

// The plane with `columns` columns and as many rows as leave each image its shape.
explore::ManifoldRequest plane_grid(explore::ManifoldRequest plane, int columns, int height_px,
                                    int width_px);

}  // namespace elbow::gui
