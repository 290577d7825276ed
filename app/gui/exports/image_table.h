#pragma once

// What the model makes of each held-out image, as a table.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& image_table_export();

}  // namespace elbow::gui
