#pragma once

// The list of all that the window can do (window_action.h), for the keys, the sheet of keys and the
// palette. GUI thread.

#include <span>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

class Workspace;

// As it stands in this frame, in which the contexts and the workspace have to outlive it.
WindowActions window_actions(std::span<Context> contexts, std::size_t in_hand, Workspace&);

// Brings the action's panel to the front where that is asked for, and does it.
void perform(const WindowAction&, bool from_palette, Workspace&);

}  // namespace elbow::gui
