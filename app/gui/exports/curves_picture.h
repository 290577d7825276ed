#pragma once

// The curves of a run, drawn for paper.

#include "app/gui/exports/export.h"

namespace elbow::gui {

const Export& curves_picture_export();

}  // namespace elbow::gui
