#include "app/gui/map/map_axes.h"

#include <algorithm>
#include <cmath>

#include "app/gui/map/map_classes.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "engine/run/measure.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kAcrossGapPx = 60.0f, kUpGapPx = 45.0f;  // from a tick to the next, at least
constexpr int kMostTicks = 15;
constexpr float kPadPx = 3.0f;  // between a tick, its label, and a title
constexpr float kLeastLeftPx = 38.0f;
constexpr float kNarrowsByPx = 24.0f;
constexpr float kMostRowLabelPx = 72.0f;

AxisLabel label_at(ImVec2 min, const std::string& text, const TextSizes& sizes) {
    const ImVec2 at{std::round(min.x), std::round(min.y)};
    return {at, {at.x + sizes.width(text), at.y + sizes.line}, text};
}

// The label of a tick at the edge of the plot moves inwards, as far as it has to. With less room
// than a label takes it begins at `low`.
float within(float begin, float low, float high) { return std::max(std::min(begin, high), low); }

void place_x_labels(MapAxes& axes, const PlaneView& view, float y, float pad,
                    const TextSizes& sizes) {
    float free_from = view.min_px().x;
    for (AxisTick& tick : axes.x_ticks) {
        const float at = view.to_pixel({tick.at, 0}).x;
        const float wide = sizes.width(tick.label);
        const float left =
            within(at - 0.5f * wide, view.min_px().x, std::floor(view.max_px().x) - wide);
        const AxisLabel label = label_at({left, y}, tick.label, sizes);
        if (label.min.x < free_from || label.max.x > view.max_px().x) continue;
        free_from = label.max.x + pad;
        tick.labelled = true;
        axes.x_labels.push_back(label);
    }
}

void place_y_labels(MapAxes& axes, const PlaneView& view, float right, const TextSizes& sizes) {
    for (AxisTick& tick : axes.y_ticks) {
        const float at = view.to_pixel({0, tick.at}).y;
        const float top = within(at - 0.5f * sizes.line, std::ceil(view.min_px().y),
                                 std::floor(view.max_px().y) - sizes.line);
        const AxisLabel label = label_at({right - sizes.width(tick.label), top}, tick.label, sizes);
        if (label.min.y < view.min_px().y || label.max.y > view.max_px().y) continue;
        const bool meets =
            std::any_of(axes.y_labels.begin(), axes.y_labels.end(), [&](const AxisLabel& other) {
                return label.min.y < other.max.y && other.min.y < label.max.y;
            });
        if (meets) continue;
        tick.labelled = true;
        axes.y_labels.push_back(label);
    }
}

// As many as there is room for, with labels of one number of decimals; but two at least, for one
// alone says nothing of the scale.
std::vector<AxisTick> ticks_along(double low, double high, float extent_px, float gap_px) {
    int most = std::clamp(static_cast<int>(extent_px / gap_px), 2, kMostTicks);
    std::vector<double> places = ticks(low, high, most);
    while (places.size() < 2 && most < kMostTicks) places = ticks(low, high, ++most);
    const double step = places.size() > 1 ? places[1] - places[0] : 1.0;
    std::vector<AxisTick> found;
    found.reserve(places.size());
    for (const double at : places) found.push_back({at, tick_label(at, step)});
    return found;
}

std::vector<AxisTick> ticks_between(const AxisWords& words, double low, double high,
                                    float extent_px, float gap_px) {
    constexpr double kRim = 1e-9;  // of the unit square
    std::vector<AxisTick> found = ticks_along(low, high, extent_px, gap_px);
    if (words.unit_square)
        std::erase_if(found,
                      [](const AxisTick& tick) { return tick.at < -kRim || tick.at > 1.0 + kRim; });
    return found;
}

}  // namespace

std::vector<AxisTick> ticks_across(const PlaneView& view, const AxisWords& words, float scale) {
    return ticks_between(words, view.x_min(), view.x_max(), view.size_px().x, kAcrossGapPx * scale);
}

std::vector<AxisTick> ticks_up(const PlaneView& view, const AxisWords& words, float scale) {
    return words.has_rows ? words.rows
                          : ticks_between(words, view.y_min(), view.y_max(), view.size_px().y,
                                          kUpGapPx * scale);
}

AxisWords axis_words(const ViewState& view_state, const RunConfig& config,
                     std::span<const std::string> class_names, double row_unit) {
    const std::string unit =
        std::string("  (") +
        (view_state.paper_view ? "of the prior N(0, 1)" : run::latent_unit(config)) + ")";
    const auto name = [&](int axis) {
        const std::string latent = "z" + std::to_string(axis + 1);
        return view_state.paper_view ? "P(" + latent + ")" : latent;
    };
    AxisWords words;
    words.unit_square = view_state.paper_view;
    words.short_x = name(view_state.x_axis);
    words.x = words.short_x + unit;
    words.has_rows = view_state.cursor.size() < 2;
    if (!words.has_rows) {
        words.short_y = name(view_state.y_axis);
        words.y = words.short_y + unit;
        return words;
    }
    words.short_y = "labels";
    words.y = "one row per label, jittered; not a latent";
    const auto classes = static_cast<int>(class_names.size());
    for (int label = 0; label < classes; ++label)
        words.rows.push_back(
            {row_unit * label_row(label, classes), class_names[static_cast<std::size_t>(label)]});
    return words;
}

AxisWords axis_words(const Context& context, double row_unit) {
    AxisWords words = axis_words(context.view_state, context.trainer->config,
                                 map_classes(context).names, row_unit);
    for (AxisTick& row : words.rows) row.label = fitted(row.label, kMostRowLabelPx * context.scale);
    return words;
}

MapGutters map_gutters(const MapRect& rect, const AxisWords& words, float panel_height_px,
                       float scale, float before) {
    const TextSizes sizes = sizes_on_screen();
    const float line = sizes.line, pad = kPadPx * scale, tick = kAxisTickPx * scale;
    const float top = std::ceil(line + 2 * pad), bottom = std::ceil(tick + 2 * line + 3 * pad);
    float widest = 0.0f;
    for (const AxisTick& y : words.has_rows
                                 ? words.rows
                                 : ticks_between(words, rect.y_center - rect.half_height,
                                                 rect.y_center + rect.half_height,
                                                 panel_height_px - top - bottom, kUpGapPx * scale))
        widest = std::max(widest, sizes.width(y.label));
    float left = std::ceil(std::max(kLeastLeftPx * scale, widest + tick + 2 * pad));
    if (before > left && before < left + kNarrowsByPx * scale) left = before;
    return {left, top, bottom};
}

TextSizes sizes_on_screen() {
    return {[](const std::string& text) { return ImGui::CalcTextSize(text.c_str()).x; },
            ImGui::GetTextLineHeight()};
}

TextSizes text_sizes(const charts::Painter& painter) {
    return {[&painter](const std::string& text) { return painter.text_width(text); },
            painter.line_height()};
}

MapAxes lay_out_axes(const PlaneView& view, const MapGutters& gutters, const AxisWords& words,
                     float scale, const TextSizes& sizes) {
    const ImVec2 low = view.min_px(), high = view.max_px();
    const float pad = kPadPx * scale, line = sizes.line;
    MapAxes axes;
    axes.x_ticks = ticks_across(view, words, scale);
    const float x_row = high.y + kAxisTickPx * scale + pad;
    place_x_labels(axes, view, x_row, 2 * pad, sizes);
    axes.y_ticks = ticks_up(view, words, scale);
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

}  // namespace elbow::gui
