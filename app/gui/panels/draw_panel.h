#pragma once

// A canvas of the data's size: what is drawn there is encoded as it is drawn. GUI thread.

#include <memory>

#include "app/gui/panel.h"

namespace elbow::gui {

inline constexpr const char* kDrawPanel = "draw";  // its id

std::unique_ptr<Panel> make_draw_panel();

}  // namespace elbow::gui
