#pragma once

// The images that are selected: as a sheet, and as a table of their codes.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& selection_export();
const Export& selection_table_export();
const Export& selection_arrays_export();

}  // namespace elbow::gui
