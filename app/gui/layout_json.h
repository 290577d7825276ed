#pragma once

// A layout as it is written in the window's settings: a list of its splits and groups, each split
// before its two parts. A list, because JSON that is nested deeply is refused. Any thread.

#include "app/gui/layout_tree.h"
#include "engine/core/json.h"

namespace elbow::gui {

Json layout_json(const Layout&);
// What can be read of it; where nothing can, an empty layout, which means the default. No panel is
// there twice.
Layout layout_of_json(const Json&);
// From the settings of a window that knew one arrangement of seven panels and six fractions of it;
// empty where they have none of them, or the usual ones.
Layout layout_of_fractions(const Json& settings);

}  // namespace elbow::gui
