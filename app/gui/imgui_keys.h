#pragma once

// GLFW's keys by the names of ImGui, which has such names since 1.87; before, it takes GLFW's
// codes.

#include "imgui.h"

namespace elbow::gui {

#if IMGUI_VERSION_NUM >= 18700
// ImGuiKey_None for keys that ImGui does not know.
ImGuiKey imgui_key(int glfw_key);
#endif

}  // namespace elbow::gui
