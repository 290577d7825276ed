#pragma once

#include "app/gui/exports/export.h"

namespace elbow::gui {

// A run of two latents as one file for a browser, with its decoder inside.
const Export& page_export();

}  // namespace elbow::gui
