#include "app/gui/panels/map_tooltip.h"

#include <string>

#include "app/gui/panels/picture.h"

namespace elbow::gui {

namespace {

constexpr float kImagePx = 112.0f;

std::string dot_text(const Exploration& exploration) {
    std::string text = "The dot: z = (" + list_text(exploration.cursor, 4) +
                       "). Drag it; its image is on the right.";
    const double off = off_plane(exploration, exploration.cursor);
    if (off > 1e-3)
        text += " Hollow: it lies " + fixed(off, 2) + " off the plane that the map shows.";
    return text;
}

}  // namespace

std::vector<float> mean_of(const explore::LatentMap& map, int index) {
    const auto n = static_cast<std::ptrdiff_t>(map.latents);
    const auto begin = map.mean.begin() + index * n;
    return {begin, begin + n};
}

void MapTooltip::draw(const Context& context, const OverlayState& state,
                      const explore::LatentMap* map) {
    const Exploration& exploration = context.exploration;
    if (state.dot_hot) return tip(context, dot_text(exploration).c_str());
    if (state.a_hot || state.b_hot) {
        const std::string what =
            state.a_hot ? "A, where the path begins: z = (" : "B, where the path ends: z = (";
        const std::vector<float>& z = state.a_hot ? exploration.path_from : exploration.path_to;
        return tip(context, (what + list_text(z, 4) + "). Drag it; it snaps to points.").c_str());
    }
    if (state.hovered_point && map != nullptr && *state.hovered_point < map->count)
        point(context, *state.hovered_point, *map);
}

void MapTooltip::point(const Context& context, int index, const explore::LatentMap& map) {
    const data::Dataset& dataset = *context.dataset();
    if (shown_ != index || shown_dataset_.lock() != context.trainer->dataset) {
        image_.update(dataset.image(dataset.held_out, index), 1, dataset.height, dataset.width);
        shown_ = index;
        shown_dataset_ = context.trainer->dataset;
    }
    ImGui::BeginTooltip();
    const float box = kImagePx * context.scale;
    const ImVec2 size = crisp_size(dataset.height, dataset.width, {box, box});
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    draw_tile(ImGui::GetWindowDrawList(), image_, 0, at, {at.x + size.x, at.y + size.y});
    ImGui::Text("Held-out image %d", index);
    ImGui::Text("Label: %s", class_name(dataset, index).c_str());
    ImGui::Text("Mean of q(z|x): %s", list_text(mean_of(map, index), 2).c_str());
    if (context.exploration.point != index) ImGui::TextDisabled("Click to select");
    ImGui::EndTooltip();
}

}  // namespace elbow::gui
