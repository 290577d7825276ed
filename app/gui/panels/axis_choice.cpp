#include "app/gui/panels/axis_choice.h"

#include <optional>
#include <string>
#include <vector>

#include "app/gui/latent_activity.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "engine/explore/active_latents.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {
namespace {

constexpr int kMostRows = 12;  // of the list, without scrolling

// How active each latent is, in words; KL where there is one.
struct Activity {
    std::vector<float> values;  // [N] or empty
    bool is_kl = false;

    std::string text(int latent) const {
        if (values.empty()) return {};
        const std::string number = fixed(values[static_cast<std::size_t>(latent)], 2);
        return is_kl ? "KL " + number + " nats" : "variance " + number;
    }
};

Activity activity_of(const Context& context) {
    Activity activity;
    activity.values = kl_of_latents(context.curves, context.latents());
    activity.is_kl = !activity.values.empty();
    if (!activity.is_kl)
        activity.values = activity_of_latents(
            context.curves, context.views.get<live::MapView>().get(), context.latents());
    return activity;
}

std::vector<int> order_of(const Activity& activity, int latents) {
    return explore::by_activity(activity.values.empty()
                                    ? std::vector<float>(static_cast<std::size_t>(latents), 0.0f)
                                    : activity.values);
}

void draw_list(Context& context, AxisSearch& search, int shown, bool upright) {
    if (ImGui::IsWindowAppearing()) {
        search = {};
        ImGui::SetKeyboardFocusHere();
    }
    ImGui::SetNextItemWidth(150.0f * context.scale);
    const bool entered =
        ImGui::InputTextWithHint("##search", "Search", search.typed, sizeof search.typed,
                                 ImGuiInputTextFlags_EnterReturnsTrue);
    const Activity activity = activity_of(context);
    const std::vector<int> found =
        explore::latents_named(order_of(activity, context.latents()), search.typed);
    std::optional<int> chosen;
    if (entered && !found.empty()) chosen = found.front();
    for (const int latent : found) {
        const std::string text = "z" + std::to_string(latent + 1);
        ImGui::PushID(latent);
        if (ImGui::Selectable("##latent", latent == shown)) chosen = latent;
        ImGui::PopID();
        const ImVec2 min = ImGui::GetItemRectMin(), max = ImGui::GetItemRectMax();
        const std::string value = activity.text(latent);
        ImDrawList* list = ImGui::GetWindowDrawList();
        list->AddText(min, context.theme.text, text.c_str());
        list->AddText({max.x - ImGui::CalcTextSize(value.c_str()).x, min.y}, context.theme.text_dim,
                      value.c_str());
        context.layout.mark(("map.axis." + text).c_str(), value);
    }
    if (!chosen) return;
    context.view_state.put_on_axis(*chosen, upright);
    ImGui::CloseCurrentPopup();
}

}  // namespace

void draw_axis_choice(Context& context, AxisSearch& search, bool upright) {
    const float scale = context.scale;
    const int axis = upright ? context.view_state.y_axis : context.view_state.x_axis;
    const char* mark = upright ? "map.axis_y" : "map.axis_x";
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(upright ? "y" : "x");
    ImGui::SameLine(0, 6 * scale);
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 6.0f * scale);
    const std::string shown = "z" + std::to_string(axis + 1);
    const float row = ImGui::GetTextLineHeightWithSpacing();
    ImGui::SetNextWindowSizeConstraints({170.0f * scale, 0.0f},
                                        {400.0f * scale, (kMostRows + 2) * row});
    ImGui::PushID(mark);
    if (ImGui::BeginCombo("##axis", shown.c_str(), ImGuiComboFlags_HeightLargest)) {
        close_on_escape();
        draw_list(context, search, axis, upright);
        ImGui::EndCombo();
    }
    ImGui::PopID();
    context.layout.mark(mark, shown);
    hover(context,
          context.view_state.axes_follow
              ? "The latent along this axis of the map: one of the two most active until you "
                "choose. The list has the most active first; type a number to find one."
              : "The latent along this axis of the map. The list has the most active first; type a "
                "number to find one. The KL is the mean over the held-out images at the last "
                "evaluation, nats per image.");
}

std::string latent_name(const ViewState& seen, int latent) {
    std::string name = "z" + std::to_string(latent + 1);
    if (seen.cursor.size() <= 2) return name;
    return name + (latent == seen.x_axis ? "  x" : latent == seen.y_axis ? "  y" : "");
}

void choose_axis_by_click(Context& context, int latent) {
    if (context.latents() <= 2) return;
    const bool left = ImGui::IsMouseClicked(0), right = ImGui::IsMouseClicked(1);
    if (left || right) context.view_state.put_on_axis(latent, right || ImGui::GetIO().KeyShift);
}

const char* axis_click_help(const Context& context) {
    return context.latents() <= 2 ? ""
                                  : "Click: the map's horizontal axis. Shift or right click: the "
                                    "vertical one.";
}

}  // namespace elbow::gui
