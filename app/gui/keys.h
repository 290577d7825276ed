#pragma once

// Keys by name on every ImGui from 1.86 (GLFW codes) to 1.92 (ImGuiKey). GUI thread.

namespace elbow::gui {

enum class Key {
    kSpace,
    kS,
    kR,
    kM,
    kD,
    kF,
    kL,
    kN,
    kT,
    kZ,
    kY,
    kE,
    kX,
    kO,
    kC,
    kEnter,
    kDelete,
    kF2,
    kUp,
    kDown,
    kQuestion,
    kEscape,
};

// Pressed this frame, with no text field active. Modifiers have to match exactly; `?` takes its
// Shift for granted.
bool pressed(Key, bool control = false, bool shift = false);
// While a text is typed, too.
bool escape_pressed();

}  // namespace elbow::gui
