#pragma once

// All that can be exported (export.h).

#include <span>

#include "app/gui/exports/export.h"

namespace elbow::gui {

// In the order in which they are shown.
std::span<const Export* const> all_exports();

}  // namespace elbow::gui
