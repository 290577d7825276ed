#include "app/gui/widgets/splitter.h"

#include <algorithm>
#include <string>

#include "app/gui/widgets/controls.h"

namespace elbow::gui {

SplitterMove splitter(Context& context, const SplitterPlace& place) {
    const Area& area = place.area;
    const bool upright = place.upright;
    const std::string name = "splitter." + place.before;
    ImGui::SetCursorScreenPos(ImVec2(area.x, area.y));
    ImGui::InvisibleButton(name.c_str(),
                           ImVec2(std::max(area.width, 1.0f), std::max(area.height, 1.0f)));
    context.layout.mark(name.c_str());
    const bool active = ImGui::IsItemActive();
    const bool hovered = ImGui::IsItemHovered();
    if (active || hovered) {
        ImGui::SetMouseCursor(upright ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
        const float inset = (upright ? area.width : area.height) * 0.3f;
        const ImVec2 min(area.x + (upright ? inset : 0), area.y + (upright ? 0 : inset));
        const ImVec2 max(area.right() - (upright ? inset : 0),
                         area.bottom() - (upright ? 0 : inset));
        ImGui::GetWindowDrawList()->AddRectFilled(
            min, max, with_alpha(context.theme.accent, active ? 0.9f : 0.5f), inset);
    }
    SplitterMove move;
    move.reset = hovered && ImGui::IsMouseDoubleClicked(0);
    if (active && !move.reset && ImGui::IsMouseDragging(0, 2.0f)) {
        // Towards where the mouse is, not by how far it moved: at a limit the splitter waits for
        // the mouse to come back.
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const float middle = upright ? area.x + area.width / 2 : area.y + area.height / 2;
        move.delta_px = (upright ? mouse.x : mouse.y) - middle;
    }
    return move;
}

}  // namespace elbow::gui
