#include "app/gui/runs/save_dialog.h"

#include <cstring>

#include "app/gui/keys.h"
#include "app/gui/runs/run_files.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/text_input.h"

namespace elbow::gui {
namespace {

constexpr const char* kTitle = "Save run";

}  // namespace

bool SaveDialog::draw(Context& context, const std::string& folder) {
    const bool appears = opens_;
    if (opens_) ImGui::OpenPopup(kTitle);
    opens_ = false;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({display.x / 2, display.y / 2}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({430.0f * context.scale, 0.0f});
    open_ = ImGui::BeginPopupModal(kTitle, nullptr,
                                   ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoSavedSettings |
                                       ImGuiWindowFlags_AlwaysAutoResize);
    if (!open_) return false;
    ImGui::TextUnformatted("Name");
    ImGui::SetNextItemWidth(-1.0f);
    if (appears) ImGui::SetKeyboardFocusHere();
    const bool entered =
        text_input("##name", name_, kRunNameRoom, "",
                   ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    context.layout.mark("save.name", name_);
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextDisabled(
        "The run goes to a new folder in %s and appears in the list of runs (Ctrl+O).",
        folder.c_str());
    ImGui::PopTextWrapPos();
    const bool blank = name_.find_first_not_of(' ') == std::string::npos;
    const bool save = button(context, "save.go", "Save", "Saves the run as it is now.",
                             blank ? "Type a name first." : "", {110.0f, 0.0f}, true) ||
                      (entered && !blank);
    ImGui::SameLine();
    const bool cancel =
        button(context, "save.cancel", "Cancel", "Saves nothing (Esc).", {}, {110.0f, 0.0f}) ||
        escape_pressed();
    if (save || cancel) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return save;
}

}  // namespace elbow::gui
