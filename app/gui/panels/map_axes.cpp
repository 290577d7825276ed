#include "app/gui/panels/map_axes.h"

#include <algorithm>
#include <cmath>

#include "app/gui/widgets/plot_scale.h"
#include "engine/train/held_out.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kTickGapPx = 70.0f;  // the least room for a tick label
constexpr float kPadPx = 3.0f;       // between a tick, its label, and a title
constexpr float kLeastLeftPx = 38.0f;
constexpr float kNarrowsByPx = 24.0f;

AxisLabel label_at(ImVec2 min, const std::string& text, const TextSizes& sizes) {
    const ImVec2 at{std::round(min.x), std::round(min.y)};
    return {at, {at.x + sizes.width(text), at.y + sizes.line}, text};
}

void place_x_labels(MapAxes& axes, const PlaneView& view, float y, float pad,
                    const TextSizes& sizes) {
    float free_from = view.min_px().x;
    for (const AxisTick& tick : axes.x_ticks) {
        const float at = view.to_pixel({tick.at, 0}).x;
        const AxisLabel label =
            label_at({at - 0.5f * sizes.width(tick.label), y}, tick.label, sizes);
        if (label.min.x < free_from || label.max.x > view.max_px().x) continue;
        free_from = label.max.x + pad;
        axes.x_labels.push_back(label);
    }
}

void place_y_labels(MapAxes& axes, const PlaneView& view, float right, const TextSizes& sizes) {
    for (const AxisTick& tick : axes.y_ticks) {
        const float at = view.to_pixel({0, tick.at}).y;
        const AxisLabel label =
            label_at({right - sizes.width(tick.label), at - 0.5f * sizes.line}, tick.label, sizes);
        if (label.min.y < view.min_px().y || label.max.y > view.max_px().y) continue;
        const bool meets =
            std::any_of(axes.y_labels.begin(), axes.y_labels.end(), [&](const AxisLabel& other) {
                return label.min.y < other.max.y && other.min.y < label.max.y;
            });
        if (!meets) axes.y_labels.push_back(label);
    }
}

// Lines over decoded images only hide them; the ticks remain.
void draw_lines(const Context& context, ImDrawList* list, const PlaneView& view,
                const MapAxes& axes, bool rows) {
    const Theme& theme = context.theme;
    const bool grid = context.settings.backdrop != Backdrop::kManifold;
    const ImVec2 low = view.min_px(), high = view.max_px();
    const float tick = kAxisTickPx * context.scale;
    const auto line = [&](ImVec2 from, ImVec2 to, double value) {
        list->AddLine(from, to, std::abs(value) < 1e-9 ? theme.axis_line : theme.grid_line);
    };
    for (const AxisTick& x : axes.x_ticks) {
        const float at = std::round(view.to_pixel({x.at, 0}).x);
        if (grid) line({at, low.y}, {at, high.y}, x.at);
        list->AddLine({at, high.y}, {at, high.y + tick}, theme.axis_line);
    }
    for (const AxisTick& y : axes.y_ticks) {
        const float at = std::round(view.to_pixel({0, y.at}).y);
        if (at < low.y || at > high.y) continue;
        if (grid && !rows) line({low.x, at}, {high.x, at}, y.at);
        list->AddLine({low.x - tick, at}, {low.x, at}, theme.axis_line);
    }
    list->AddRect(low, high, theme.border);
}

}  // namespace

std::vector<AxisTick> ticks_along(double low, double high, float extent_px, float scale) {
    const std::vector<double> places =
        ticks(low, high, std::clamp(static_cast<int>(extent_px / (kTickGapPx * scale)), 2, 15));
    const double step = places.size() > 1 ? places[1] - places[0] : 1.0;
    std::vector<AxisTick> found;
    found.reserve(places.size());
    for (const double at : places) found.push_back({at, tick_label(at, step)});
    return found;
}

AxisWords axis_words(const Context& context) {
    const Exploration& exploration = context.exploration;
    const std::string unit = std::string("  (") + train::latent_unit(context.trainer->config) + ")";
    AxisWords words;
    words.short_x = "z" + std::to_string(exploration.x_axis + 1);
    words.x = words.short_x + unit;
    words.has_rows = context.latents() < 2;
    if (!words.has_rows) {
        words.short_y = "z" + std::to_string(exploration.y_axis + 1);
        words.y = words.short_y + unit;
        return words;
    }
    words.short_y = "labels";
    words.y = "one row per label, jittered; not a latent";
    const std::vector<std::string>& names = context.dataset()->class_names;
    const auto classes = static_cast<int>(names.size());
    for (int label = 0; label < classes; ++label) {
        const std::string& name = names[static_cast<std::size_t>(label)];
        words.rows.push_back(
            {label_row(label, classes), name.size() <= 4 ? name : name.substr(0, 3) + "."});
    }
    return words;
}

MapGutters map_gutters(const MapRect& rect, const AxisWords& words, float panel_height_px,
                       float scale, float before) {
    const TextSizes sizes = sizes_on_screen();
    const float line = sizes.line, pad = kPadPx * scale, tick = kAxisTickPx * scale;
    const float top = std::ceil(line + 2 * pad), bottom = std::ceil(tick + 2 * line + 3 * pad);
    float widest = 0.0f;
    for (const AxisTick& y : words.has_rows ? words.rows
                                            : ticks_along(rect.y_center - rect.half_height,
                                                          rect.y_center + rect.half_height,
                                                          panel_height_px - top - bottom, scale))
        widest = std::max(widest, sizes.width(y.label));
    float left = std::ceil(std::max(kLeastLeftPx * scale, widest + tick + 2 * pad));
    if (before > left && before < left + kNarrowsByPx * scale) left = before;
    return {left, top, bottom};
}

TextSizes sizes_on_screen() {
    return {[](const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; },
            ImGui::GetTextLineHeight()};
}

MapAxes lay_out_axes(const PlaneView& view, const MapGutters& gutters, const AxisWords& words,
                     float scale, const TextSizes& sizes) {
    const ImVec2 low = view.min_px(), high = view.max_px();
    const float pad = kPadPx * scale, line = sizes.line;
    MapAxes axes;
    axes.x_ticks = ticks_along(view.x_min(), view.x_max(), view.size_px().x, scale);
    const float x_row = high.y + kAxisTickPx * scale + pad;
    place_x_labels(axes, view, x_row, 2 * pad, sizes);
    axes.y_ticks = words.has_rows
                       ? words.rows
                       : ticks_along(view.y_min(), view.y_max(), view.size_px().y, scale);
    place_y_labels(axes, view, low.x - kAxisTickPx * scale - pad, sizes);
    const auto fitting = [&](const std::string& whole, const std::string& brief, float room) {
        return sizes.width(whole) <= room ? whole : brief;
    };
    const std::string x = fitting(words.x, words.short_x, view.size_px().x);
    const float middle = 0.5f * (low.x + high.x);
    axes.x_title = label_at({middle - 0.5f * sizes.width(x), x_row + line + pad}, x, sizes);
    // Above the plot, where it can be read without tilting the head.
    const float left = low.x - gutters.left + 2 * pad;
    axes.y_title =
        label_at({left, low.y - line - pad}, fitting(words.y, words.short_y, high.x - left), sizes);
    return axes;
}

void draw_axes(Context& context, ImDrawList* list, const PlaneView& view, const MapGutters& gutters,
               const AxisWords& words, bool mark_titles) {
    const MapAxes axes = lay_out_axes(view, gutters, words, context.scale);
    draw_lines(context, list, view, axes, words.has_rows);
    const auto write = [&](const AxisLabel& label, ImU32 colour) {
        list->AddText(label.min, colour, label.text.c_str());
    };
    for (const AxisLabel& label : axes.x_labels) write(label, context.theme.text_dim);
    for (const AxisLabel& label : axes.y_labels) write(label, context.theme.text_dim);
    write(axes.x_title, context.theme.text);
    write(axes.y_title, context.theme.text);
    if (!mark_titles) return;
    context.layout.mark("map.axis_x", axes.x_title.min, axes.x_title.max, axes.x_title.text);
    context.layout.mark("map.axis_y", axes.y_title.min, axes.y_title.max, axes.y_title.text);
}

}  // namespace elbow::gui
