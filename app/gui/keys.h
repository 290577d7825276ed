#pragma once

// Keys by name on every ImGui from 1.86 (GLFW codes) to 1.92 (ImGuiKey). GUI thread.

#include <string>

namespace elbow::gui {

enum class Key {
    kSpace,
    kS,
    kR,
    kM,
    kD,
    kF,
    kP,
    kL,
    kN,
    kT,
    kZ,
    kY,
    kE,
    kX,
    kO,
    kC,
    kA,
    kB,
    kQ,
    kG,
    kW,
    kI,
    kV,
    kK,
    kEnter,
    kDelete,
    kF1,
    kF2,
    kF5,
    kUp,
    kDown,
    kLeft,
    kRight,
    kF11,
    kQuestion,
    kEscape,
};

// Pressed this frame, with no text field active. Modifiers have to match exactly; `?` takes its
// Shift for granted. During a tour of the controls, Space, Left and Right belong to the one that
// the tour is at.
bool pressed(Key, bool control = false, bool shift = false);
// This frame, also while a text is being typed.
bool escape_pressed();

// A key with its modifiers.
struct Shortcut {
    Key key;
    bool control = false, shift = false;
};
// "Ctrl+S", "Left", "?".
std::string shortcut_text(const Shortcut&);
// As pressed(), and also while a text is being typed.
bool pressed_anywhere(const Shortcut&);
// Whether any key of the list was pressed in this frame.
bool any_pressed();

// Tab begins a tour of the controls: from then on, Tab and the arrow keys go from one to the next,
// and Space or Enter acts on it. Escape or the mouse ends it. Once a frame, after it has begun.
void lead_tour();
// Where the window hands ImGui another key in the place of Tab, before the frame begins.
void begin_tour();
// Whether a tour is at a control, which then has Space and the arrow keys for itself.
bool touring();
// Whether a tour is to go up or down.
bool steps_up_or_down();

}  // namespace elbow::gui
