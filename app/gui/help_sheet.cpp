#include "app/gui/help_sheet.h"

#include <span>
#include <string>
#include <vector>

#include "app/gui/actions/window.h"
#include "app/gui/context.h"
#include "app/gui/widgets/controls.h"
#include "imgui.h"

namespace elbow::gui {
namespace {

struct HelpRow {
    std::string keys;
    std::string what;
};
using HelpRows = std::vector<HelpRow>;

// What the keys do that belong to no action.
const HelpRow kTourKeys{"Tab, arrows", "Move through the controls; Space or Enter acts"};
const HelpRow kEscapeKey{"Esc", "Close what is open"};

const HelpRow kMouse[] = {
    {"Drag the dot", "Decodes the z under it, on every frame"},
    {"Click a point", "Selects that held-out image"},
    {"Click a run's name", "In a race: the other panels show that run"},
    {"Drag A or B", "Moves an end of the path; it snaps to points"},
    {"Wheel", "Zooms to the cursor, on the map and on the curves"},
    {"Right click", "Opens a menu, on the map and on pictures"},
    {"Click a sample", "Puts the dot at the z of that prior sample"},
    {"Right drag", "Pans the map; on the curves any drag pans"},
    {"Double click", "Fits the map or the curves"},
    {"Ctrl+drag", "On the map: selects images; Shift adds, Alt takes away"},
    {"Ctrl+click", "On a slider: type a number; a point: selects it"},
    {"Drag a title", "Moves that panel, also into a tab"},
    {"Hover", "Shows what it is"},
};

void section(const Context& context, const char* title, std::span<const HelpRow> rows) {
    if (context.theme.fonts.title != nullptr) ImGui::PushFont(context.theme.fonts.title);
    ImGui::TextUnformatted(title);
    if (context.theme.fonts.title != nullptr) ImGui::PopFont();
    if (!ImGui::BeginTable(title, 2, ImGuiTableFlags_None)) return;
    ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthFixed, 118.0f * context.scale);
    ImGui::TableSetupColumn("what", ImGuiTableColumnFlags_WidthStretch);
    for (const HelpRow& row : rows) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.accent);
        ImGui::TextUnformatted(row.keys.c_str());
        ImGui::PopStyleColor();
        ImGui::TableNextColumn();
        ImGui::PushTextWrapPos(0.0f);
        ImGui::TextUnformatted(row.what.c_str());
        ImGui::PopTextWrapPos();
    }
    ImGui::EndTable();
    ImGui::Dummy({0.0f, 4.0f * context.scale});
}

enum class KeySection { kRun, kPanels, kWindow };

KeySection section_of(const WindowAction& action) {
    if (!action.panel.empty()) return KeySection::kPanels;
    return action.place == kWindowPlace ? KeySection::kWindow : KeySection::kRun;
}

HelpRows keys_of(const WindowActions& actions, KeySection wanted) {
    HelpRows rows;
    for (const WindowAction& action : actions) {
        if (!action.keys.empty() && section_of(action) == wanted)
            rows.push_back({shortcut_text(action.keys.front()), action.title});
    }
    return rows;
}

void words(const Context& context) {
    if (context.theme.fonts.title != nullptr) ImGui::PushFont(context.theme.fonts.title);
    ImGui::TextUnformatted("Bound, reconstruction, KL");
    if (context.theme.fonts.title != nullptr) ImGui::PopFont();
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(
        "The encoder q(z|x) turns an image into a small cloud of latents z, the decoder p(x|z) "
        "turns z back into an image. "
        "The reconstruction term is the log likelihood of the image under the decoder, averaged "
        "over that cloud. The KL says "
        "how far the cloud is from the prior N(0, I). The lower bound is reconstruction minus KL: "
        "the model's log "
        "likelihood of an image is at least that. All three are in nats per image; training climbs "
        "the bound.");
    ImGui::PopTextWrapPos();
}

}  // namespace

void draw_help(Context& context, const std::function<WindowActions()>& actions, bool& open) {
    if (!open) return;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({display.x / 2, display.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({820.0f * context.scale, 0.0f});
    const ImGuiWindowFlags flags = ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_AlwaysAutoResize;
    if (ImGui::Begin("Keys and words", &open, flags)) {
        action_button(context, "Take the guided tour", guided_tour_action(context), {0, 0}, true);
        const WindowActions all = actions();
        if (ImGui::BeginTable("##columns", 2, ImGuiTableFlags_SizingStretchSame)) {
            ImGui::TableNextColumn();
            section(context, "Run", keys_of(all, KeySection::kRun));
            section(context, "Panels", keys_of(all, KeySection::kPanels));
            ImGui::TableNextColumn();
            HelpRows window = keys_of(all, KeySection::kWindow);
            window.push_back(kTourKeys);
            window.push_back(kEscapeKey);
            section(context, "Window", window);
            section(context, "Mouse", kMouse);
            ImGui::EndTable();
        }
        words(context);
        context.layout.mark("help.sheet", ImGui::GetWindowPos(),
                            {ImGui::GetWindowPos().x + ImGui::GetWindowSize().x,
                             ImGui::GetWindowPos().y + ImGui::GetWindowSize().y});
    }
    ImGui::End();
}

}  // namespace elbow::gui
