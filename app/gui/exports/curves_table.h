#pragma once

// The curves of a run as two tables.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& curves_table_export();

}  // namespace elbow::gui
