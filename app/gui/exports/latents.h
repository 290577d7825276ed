#pragma once

// Where the encoder puts the held-out images, as a table.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& latents_export();
const Export& latents_arrays_export();

}  // namespace elbow::gui
