#include "app/gui/widgets/window_place.h"

#include <algorithm>

namespace elbow::gui {

void place_window(ImVec2 size, ImVec2 least, float scale) {
    constexpr float kRim = 24.0f;  // design pixels, both sides together
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    const ImVec2 most{display.x - kRim * scale, display.y - kRim * scale};
    const auto within = [&](ImVec2 wished) {
        return ImVec2(std::min(wished.x * scale, most.x), std::min(wished.y * scale, most.y));
    };
    ImGui::SetNextWindowPos({display.x / 2, display.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::SetNextWindowSize(within(size), ImGuiCond_Appearing);
    ImGui::SetNextWindowSizeConstraints(within(least), most);
}

}  // namespace elbow::gui
