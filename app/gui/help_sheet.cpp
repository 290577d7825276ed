#include "app/gui/help_sheet.h"

#include <iterator>
#include <span>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/map/layers.h"
#include "imgui.h"

namespace elbow::gui {
namespace {

struct HelpRow {
    const char* keys;
    const char* what;
};

constexpr HelpRow kRunKeys[] = {
    {"Space", "Play or pause the training"},
    {"S", "One step: pauses, then learns from one minibatch"},
    {"R", "Restart with the same seed"},
    {"E", "Export pictures and tables"},
    {"Ctrl+C", "Copy the picture under the mouse to the clipboard"},
    {"Ctrl+O", "Runs: open, continue, rename, compare; or drop a run's folder here"},
    {"Ctrl+S", "Save the run under a name"},
};

constexpr HelpRow kMapKeys[] = {
    {"F", "Fit the map to the points, the dot, A and B"},
    {"L", "Play along the path from A to B"},
    {"N", "New noise for the prior samples"},
    {"Left, Right", "Back and forth through the training; Esc shows it as it is now"},
    {"Ctrl+Z, Ctrl+Y", "Undo and redo moves on the map; Ctrl+Z also undoes a restart"},
};

constexpr HelpRow kWindowKeys[] = {
    {"T", "Light or dark"},
    {"Ctrl+F", "Find an option by its title, name or help"},
    {"Tab, arrows", "Move through the controls; Space or Enter acts"},
    {"X", "Maximise the panel under the mouse, or put it back"},
    {"F11", "Full screen, or back to the window"},
    {"?", "This sheet"},
    {"Esc", "Close what is open"},
};

constexpr HelpRow kMouse[] = {
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
        ImGui::TextUnformatted(row.keys);
        ImGui::PopStyleColor();
        ImGui::TableNextColumn();
        ImGui::PushTextWrapPos(0.0f);
        ImGui::TextUnformatted(row.what);
        ImGui::PopTextWrapPos();
    }
    ImGui::EndTable();
    ImGui::Dummy({0.0f, 4.0f * context.scale});
}

// Those that switch layers come first.
std::vector<HelpRow> map_keys() {
    std::vector<HelpRow> rows;
    for (const auto& layer : make_map_layers()) {
        const LayerToggle* toggle = layer->toggle();
        if (toggle != nullptr && toggle->key) rows.push_back({toggle->letter, toggle->key_help});
    }
    rows.insert(rows.end(), std::begin(kMapKeys), std::end(kMapKeys));
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

void draw_help(Context& context, bool& open) {
    if (!open) return;
    const ImVec2 display = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({display.x / 2, display.y / 2}, ImGuiCond_Appearing, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({820.0f * context.scale, 0.0f});
    const ImGuiWindowFlags flags = ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoResize |
                                   ImGuiWindowFlags_NoSavedSettings |
                                   ImGuiWindowFlags_AlwaysAutoResize;
    if (ImGui::Begin("Keys and words", &open, flags)) {
        if (ImGui::BeginTable("##columns", 2, ImGuiTableFlags_SizingStretchSame)) {
            ImGui::TableNextColumn();
            section(context, "Run", kRunKeys);
            section(context, "Map", map_keys());
            ImGui::TableNextColumn();
            section(context, "Mouse", kMouse);
            section(context, "Window", kWindowKeys);
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
