#include "app/gui/panels/place_menu.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

#include "app/gui/map/map_classes.h"
#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"
#include "engine/explore/start_places.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {
namespace {

constexpr const char* kPlacePopup = "place menu";

bool entry(Context& context, const char* name, const std::string& label) {
    const bool chosen = ImGui::MenuItem(label.c_str());
    // Whoever does something with the other run of a race wants to see it.
    if (chosen && !context.in_hand) context.actions.take_in_hand(context.run_number);
    context.layout.mark(("menu." + std::string(name)).c_str());
    return chosen;
}

void label_entries(Context& context, int image) {
    const MapClasses classes = map_classes(context);
    if (static_cast<std::size_t>(image) >= classes.of.size()) return;
    const int label = classes.of[static_cast<std::size_t>(image)];
    std::uint32_t& hidden = context.view_state.hidden_labels;
    const std::string name =
        (classes.column.empty() ? "label" : classes.column) + " " + classes.name(image);
    if (entry(context, "hide_label", "Hide " + name)) hide_label(hidden, label);
    if (entry(context, "only_label", "Show only " + name))
        show_label_alone(hidden, label, classes.count());
}

}  // namespace

std::string place_text(const std::vector<float>& z) {
    std::string text;
    for (const float value : z) {
        char number[32];
        std::snprintf(number, sizeof number, "%.6g", static_cast<double>(value));
        text += (text.empty() ? "" : ", ") + std::string(number);
    }
    return text;
}

std::vector<float> code_on_map(const Context& context, int image) {
    const auto map = context.views.get<live::MapView>();
    if (!map || map->map.latents != context.latents() || image < 0 || image >= map->map.count)
        return {};
    const auto z = explore::code_of(map->map, image);
    return {z.begin(), z.end()};
}

void hide_label(std::uint32_t& hidden_labels, int label) {
    hidden_labels |= 1U << label_bit(label);
}

void show_label_alone(std::uint32_t& hidden_labels, int label, int classes) {
    const std::uint32_t all = classes >= kLabelBits ? ~0U : (1U << classes) - 1U;
    const std::uint32_t others = all & ~(1U << label_bit(label));
    hidden_labels = (hidden_labels & all) == others ? 0 : others;
}

void PlaceMenu::open(std::vector<float> z, std::optional<int> image) {
    z_ = std::move(z);
    image_ = image;
    asked_ = true;
}

void PlaceMenu::entries(Context& context) {
    ViewState& view_state = context.view_state;
    const bool placed = z_.size() == view_state.cursor.size();  // else of a run before
    if (placed) {
        if (entry(context, "dot", "Put the dot here")) view_state.put_dot_and_plane(z_);
        if (entry(context, "a", "Put A here")) view_state.put_a(z_);
        if (entry(context, "b", "Put B here")) view_state.put_b(z_);
        if (why_no_more_waypoints(view_state).empty() &&
            entry(context, "waypoint", "Lead the path on to here"))
            insert_waypoint(view_state, waypoint_count(view_state) - 1, z_);
        if (entry(context, "copy", z_.size() == 1 ? "Copy its z" : "Copy its coordinates z"))
            ImGui::SetClipboardText(place_text(z_).c_str());
        if (entry(context, "export", "Export its decoded image"))
            context.actions.export_image(context.run_number, z_);
    }
    if (image_ && *image_ < context.dataset()->held_out.count) {
        if (entry(context, "select", "Select held-out image " + std::to_string(*image_)))
            view_state.point = image_;
        label_entries(context, *image_);
    }
    if (view_state.hidden_labels != 0 && entry(context, "all_labels", "Show all labels"))
        view_state.hidden_labels = 0;
}

void PlaceMenu::draw(Context& context, const std::function<void()>& more) {
    if (std::exchange(asked_, false)) ImGui::OpenPopup(kPlacePopup);
    const float scale = context.scale;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10 * scale, 8 * scale));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8 * scale, 6 * scale));
    if (ImGui::BeginPopup(kPlacePopup)) {
        close_on_escape();
        entries(context);
        if (more) more();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
}

}  // namespace elbow::gui
