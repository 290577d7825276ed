#include "app/gui/view_menu.h"

#include <cmath>

#include "app/gui/actions/window.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr const char* kViewLabel = "View";
constexpr float kViewMenuWidth = 250.0f;   // design pixels
constexpr float kViewLabelColumn = 92.0f;  // design pixels

void label(const Context& context, const char* text) {
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text);
    ImGui::PopStyleColor();
    ImGui::SameLine(kViewLabelColumn * context.scale);
}

void colours_row(Context& context) {
    label(context, "Colours");
    const auto choice = [&](const char* name, const char* text, bool dark) {
        bool on = context.settings.dark == dark;
        if (toggle(context, name, text, on, "Light or dark colours (T)")) {
            context.settings.dark = dark;
        }
    };
    choice("view.dark", "Dark", true);
    ImGui::SameLine();
    choice("view.light", "Light", false);
}

void scale_row(Context& context) {
    float& scale = context.settings.scale;
    label(context, "Size");
    bool automatic = scale == 0.0f;
    const float shown = context.scale;
    if (toggle(context, "view.scale.auto", "Auto", automatic, "Use the desktop's scale")) {
        scale = automatic ? 0.0f : shown;
    }
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1.0f);
    int percent = static_cast<int>(std::lround((scale == 0.0f ? shown : scale) * 100.0f));
    if (ImGui::SliderInt("##scale", &percent, 75, 300, "%d %%", ImGuiSliderFlags_AlwaysClamp)) {
        scale = static_cast<float>(percent) / 100.0f;
    }
    context.layout.mark("view.scale", std::to_string(percent));
    hover(context, "Size of letters and controls. It takes effect when you let go of the slider.");
}

void points_row(Context& context) {
    label(context, "Points");
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::SliderFloat("##points", &context.settings.point_size, 1.0f, 12.0f, "%.1f px",
                       ImGuiSliderFlags_AlwaysClamp);
    context.layout.mark("view.points", std::to_string(context.settings.point_size));
    hover(context, "Diameter of the held-out images' points on the map, at size 100 %");
}

void autosaves_row(Context& context) {
    label(context, "Autosaves");
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::SliderFloat("##kept", &context.settings.autosaves_gb, 0.1f, 100.0f, "%.1f GB",
                       ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic);
    context.layout.mark("view.kept", std::to_string(context.settings.autosaves_gb));
    hover(context,
          "How much disk space autosaved runs may take. Above that, the run with the least "
          "training goes to the trash. Named and pinned runs stay and do not count.");
}

void screen_row(Context& context) {
    label(context, "Screen");
    action_button(context, "Full screen", full_screen_action(context));
}

void lecture_row(Context& context) {
    label(context, "Projector");
    action_toggle(context, "Lecture mode", lecture_action(context));
}

void panels_row(Context& context) {
    label(context, "Panels");
    action_button(context, "Reset layout", reset_layout_action(context));
}

}  // namespace

float view_button_width(const Context& context) {
    return ImGui::CalcTextSize(kViewLabel).x + 16.0f * context.scale;
}

void draw_view_menu(Context& context) {
    bool open = ImGui::IsPopupOpen("view menu");
    if (toggle(context, "top.view", kViewLabel, open,
               "Colours, sizes, panels, room for autosaved runs")) {
        ImGui::OpenPopup("view menu");
    }
    const ImVec2 below(ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y + 6.0f * context.scale);
    ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1.0f, 0.0f});
    ImGui::SetNextWindowSize({kViewMenuWidth * context.scale, 0.0f});
    if (!ImGui::BeginPopup("view menu")) return;
    close_on_escape();
    colours_row(context);
    scale_row(context);
    points_row(context);
    autosaves_row(context);
    screen_row(context);
    lecture_row(context);
    panels_row(context);
    ImGui::EndPopup();
}

}  // namespace elbow::gui
