#include "app/gui/panels/map_legend.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "app/gui/panels/map_tooltip.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"

namespace elbow::gui {

namespace {

constexpr float kRowPx = 22.0f, kLowRowPx = 16.0f;  // of a label, scale 1
constexpr float kThinningHeightPx = 46.0f;          // of what is said of thinned points
constexpr float kAxesWidthPx = 124.0f,
                kAxesHeightPx = 138.0f;  // of the choice of axes and anchor

// Alt-click or right click: only this label; once more: all of them again.
void click_label(std::uint32_t& hidden, int label, int classes, bool alone) {
    if (alone) {
        show_label_alone(hidden, label, classes);
    } else {
        hidden ^= 1U << label;
    }
}

// "A to Z": the classes that share the last row.
std::string shared_names(const std::vector<std::string>& class_names) {
    return class_names[kLabelBits - 1] + " to " + class_names.back();
}

void draw_label(Context& context, const std::string& name, int label, float width, float row) {
    const Theme& theme = context.theme;
    const std::vector<std::string>& class_names = context.dataset()->class_names;
    const auto classes = static_cast<int>(class_names.size());
    const bool shared = label == kLabelBits - 1 && classes > kLabelBits;
    const ImU32 colour = shared ? theme.text_dim : theme.label(label);  // they have several
    std::uint32_t& hidden = context.exploration.hidden_labels;
    const bool shown = !is_hidden(hidden, label);
    const float scale = context.scale;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(label);
    ImGui::InvisibleButton("##label", {width, row},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered();
    if (hovered && (ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1)))
        click_label(hidden, label, classes, ImGui::IsMouseClicked(1) || ImGui::GetIO().KeyAlt);
    char mark[40];
    std::snprintf(mark, sizeof mark, "map.legend.%d", label);
    context.layout.mark(mark, shown ? "shown" : "hidden");
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (hovered)
        list->AddRectFilled(at, {at.x + width, at.y + row}, with_alpha(theme.text, 0.08f),
                            4 * scale);
    const ImVec2 disc{at.x + 11 * scale, at.y + 0.5f * row};
    if (shown) {
        list->AddCircleFilled(disc, 5 * scale, colour, 16);
    } else {
        list->AddCircle(disc, 4.5f * scale, with_alpha(colour, 0.6f), 16, 1.2f * scale);
    }
    const float text_y = at.y + 0.5f * (row - ImGui::GetFontSize());
    list->PushClipRect(at, {at.x + width, at.y + row}, true);
    list->AddText({at.x + 22 * scale, std::round(text_y)}, shown ? theme.text : theme.text_dim,
                  name.c_str());
    list->PopClipRect();
    if (!hovered) return;
    const std::string labels = shared ? "these labels, all at once" : "this label";
    const std::string text = (shared ? shared_names(class_names) : name) +
                             (shown ? ": click hides" : ": click shows") + " the points with " +
                             labels + ", right click (or Alt) shows only them.";
    tip(context, text.c_str());
}

void move_anchor(Exploration& exploration, std::vector<float> anchor) {
    exploration.anchor = std::move(anchor);
    exploration.put_dot(lifted(exploration, projected(exploration, exploration.cursor)));
}

void draw_anchor(Context& context) {
    Exploration& exploration = context.exploration;
    const std::vector<float> zeros(exploration.anchor.size(), 0.0f);
    const double distance = off_plane(exploration, zeros);
    const std::string where = distance < 1e-6 ? "all at 0" : "norm " + fixed(distance, 2);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(("Others: " + where).c_str());
    ImGui::PopStyleColor();
    context.layout.mark("map.anchor", where);
    hover(context,
          "The map is a plane through the latent space: the latents that are not on its axes are "
          "held at this "
          "anchor. The norm is their distance from 0.");
    const auto& map = context.views.map;
    const bool point = exploration.point && map && map->map.latents == context.latents() &&
                       *exploration.point < map->map.count;
    if (button(context, "map.anchor_point", "Image",
               "Holds the other latents at the posterior mean of the selected held-out image.",
               point ? "" : "Click a point on the map first.")) {
        move_anchor(exploration, mean_of(map->map, *exploration.point));
    }
    ImGui::SameLine(0, 4 * context.scale);
    if (button(context, "map.anchor_zero", "Zero", "Holds the other latents at 0.",
               distance < 1e-6 ? "They are at 0." : ""))
        move_anchor(exploration, zeros);
}

// Two lines that the narrowest legend has room for.
void draw_thinning(Context& context, const MapCanvas::Drawn& drawn, int held_out_images) {
    ImGui::Dummy({0, 4 * context.scale});
    const std::string text = "1 in " + std::to_string(drawn.one_in) + "\ndrawn";
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
    context.layout.mark("map.thinning", reading(drawn.points) + ", " + text);
    std::string help = thinning_text(drawn, held_out_images);
    if (const auto& map = context.views.map) {  // with so many images, a new map takes a while
        const auto count = [](std::int64_t images) {
            return short_count(static_cast<double>(images));
        };
        help += " They are where the weights after " + count(map->stamp.samples) +
                " training images put them; by now there have been " +
                count(context.trainer->snapshot->samples) + ".";
    }
    hover(context, help.c_str());
}

}  // namespace

std::vector<std::string> legend_rows(const std::vector<std::string>& class_names) {
    std::vector<std::string> rows = class_names;
    if (rows.size() <= kLabelBits) return rows;
    rows.resize(kLabelBits);
    rows.back() = std::to_string(kLabelBits - 1) + " and above";
    return rows;
}

float legend_width(const Context& context) {
    float widest = 0.0f;
    for (const std::string& name : legend_rows(context.dataset()->class_names))
        widest = std::max(widest, ImGui::CalcTextSize(name.c_str()).x);
    const float least = (context.latents() > 2 ? kAxesWidthPx : 56.0f) * context.scale;
    return std::clamp(widest + 30 * context.scale, least, 150 * context.scale);
}

std::string thinning_text(const MapCanvas::Drawn& drawn, int held_out_images) {
    return reading(drawn.points) + " points are drawn, one in " + std::to_string(drawn.one_in) +
           " of each label in view; there are " + reading(held_out_images) +
           " held-out images in all. Zoom in to see more of those in view, and soon all. The mouse "
           "also finds those that are not drawn.";
}

void draw_legend(Context& context, AxisSearch& search, const PlacedPoints& points,
                 const MapCanvas::Drawn& drawn) {
    const float width = ImGui::GetContentRegionAvail().x;
    const std::vector<std::string> names = legend_rows(context.dataset()->class_names);
    if ((!points.labels.empty() || points.count() == 0) && !names.empty()) {
        float below = context.latents() > 2 ? kAxesHeightPx * context.scale : 0.0f;
        if (drawn.one_in > 1) below += kThinningHeightPx * context.scale;
        const float room =
            (ImGui::GetContentRegionAvail().y - below) / static_cast<float>(names.size());
        const float row =
            std::floor(std::clamp(room, kLowRowPx * context.scale, kRowPx * context.scale));
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
        for (std::size_t label = 0; label < names.size(); ++label)
            draw_label(context, names[label], static_cast<int>(label), width, row);
        ImGui::PopStyleVar();
    }
    if (drawn.one_in > 1) draw_thinning(context, drawn, points.count());
    if (context.latents() <= 2) return;
    ImGui::Dummy({0, 4 * context.scale});
    draw_axis_choice(context, search, false);
    draw_axis_choice(context, search, true);
    ImGui::Dummy({0, 2 * context.scale});
    draw_anchor(context);
}

}  // namespace elbow::gui
