#pragma once

// What can be written to files or put on the clipboard. GUI thread.

#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// Why it cannot be written or copied now; empty: it can.
std::string why_no_export(const Context&, const Export&);
WindowAction export_dialog_action(Context&);

}  // namespace elbow::gui
