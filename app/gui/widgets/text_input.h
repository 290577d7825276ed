#pragma once

// A field for a line of text. GUI thread.

#include <string>

#include "imgui.h"

namespace elbow::gui {

// ImGui::InputTextWithHint() for a text of fewer than `room` bytes; a longer one is cut.
bool text_input(const char* id, std::string& text, std::size_t room, const char* hint = "",
                ImGuiInputTextFlags flags = 0);

}  // namespace elbow::gui
