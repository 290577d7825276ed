#include "app/gui/text_return.h"

#include <utility>

// What has the keyboard is known to ImGui's inner header alone.
#include "imgui.h"
#include "imgui_internal.h"

namespace elbow::gui {

void TextReturn::remember() { field_ = ImGui::GetIO().WantTextInput ? ImGui::GetActiveID() : 0; }

void TextReturn::go_back() {
    const unsigned int field = std::exchange(field_, 0);
    if (field == 0) return;
#if IMGUI_VERSION_NUM >= 18967
    ImGui::ActivateItemByID(field);
#else
    ImGui::ActivateItem(field);
#endif
    ImGui::GetCurrentContext()->NavNextActivateFlags = ImGuiActivateFlags_PreferInput;
}

}  // namespace elbow::gui
