#include "app/gui/imgui_keys.h"

#define GLFW_INCLUDE_NONE
#include "GLFW/glfw3.h"

namespace elbow::gui {

#if IMGUI_VERSION_NUM >= 18700

namespace {

ImGuiKey named_key(int glfw_key) {
    switch (glfw_key) {
        case GLFW_KEY_TAB:
            return ImGuiKey_Tab;
        case GLFW_KEY_LEFT:
            return ImGuiKey_LeftArrow;
        case GLFW_KEY_RIGHT:
            return ImGuiKey_RightArrow;
        case GLFW_KEY_UP:
            return ImGuiKey_UpArrow;
        case GLFW_KEY_DOWN:
            return ImGuiKey_DownArrow;
        case GLFW_KEY_PAGE_UP:
            return ImGuiKey_PageUp;
        case GLFW_KEY_PAGE_DOWN:
            return ImGuiKey_PageDown;
        case GLFW_KEY_HOME:
            return ImGuiKey_Home;
        case GLFW_KEY_END:
            return ImGuiKey_End;
        case GLFW_KEY_INSERT:
            return ImGuiKey_Insert;
        case GLFW_KEY_DELETE:
            return ImGuiKey_Delete;
        case GLFW_KEY_BACKSPACE:
            return ImGuiKey_Backspace;
        case GLFW_KEY_SPACE:
            return ImGuiKey_Space;
        case GLFW_KEY_ENTER:
            return ImGuiKey_Enter;
        case GLFW_KEY_ESCAPE:
            return ImGuiKey_Escape;
        case GLFW_KEY_KP_ENTER:
            return ImGuiKey_KeypadEnter;
        case GLFW_KEY_LEFT_SHIFT:
            return ImGuiKey_LeftShift;
        case GLFW_KEY_LEFT_CONTROL:
            return ImGuiKey_LeftCtrl;
        case GLFW_KEY_LEFT_ALT:
            return ImGuiKey_LeftAlt;
        case GLFW_KEY_LEFT_SUPER:
            return ImGuiKey_LeftSuper;
        case GLFW_KEY_RIGHT_SHIFT:
            return ImGuiKey_RightShift;
        case GLFW_KEY_RIGHT_CONTROL:
            return ImGuiKey_RightCtrl;
        case GLFW_KEY_RIGHT_ALT:
            return ImGuiKey_RightAlt;
        case GLFW_KEY_RIGHT_SUPER:
            return ImGuiKey_RightSuper;
        default:
            return ImGuiKey_None;
    }
}

// Both libraries count a row of keys on in the same order.
ImGuiKey in_row(ImGuiKey first, int offset) { return static_cast<ImGuiKey>(first + offset); }

}  // namespace

ImGuiKey imgui_key(int glfw_key) {
    const auto within = [&](int first, int last) { return glfw_key >= first && glfw_key <= last; };
    if (within(GLFW_KEY_A, GLFW_KEY_Z)) return in_row(ImGuiKey_A, glfw_key - GLFW_KEY_A);
    if (within(GLFW_KEY_0, GLFW_KEY_9)) return in_row(ImGuiKey_0, glfw_key - GLFW_KEY_0);
    if (within(GLFW_KEY_F1, GLFW_KEY_F12)) return in_row(ImGuiKey_F1, glfw_key - GLFW_KEY_F1);
    return named_key(glfw_key);
}

#endif

}  // namespace elbow::gui
