#include "app/gui/widgets/text_input.h"

namespace elbow::gui {

bool text_input(const char* id, std::string& text, std::size_t room, const char* hint,
                ImGuiInputTextFlags flags) {
    std::string buffer = text.substr(0, room - 1);
    buffer.resize(room);
    const bool answer = ImGui::InputTextWithHint(id, hint, buffer.data(), room, flags);
    text = buffer.c_str();
    return answer;
}

}  // namespace elbow::gui
