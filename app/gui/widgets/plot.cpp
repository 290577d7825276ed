#include "app/gui/widgets/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "app/gui/widgets/chart.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_legend.h"
#include "app/gui/widgets/screen_painter.h"
#include "imgui.h"

namespace elbow::gui {
namespace {

constexpr float kSmallText = 0.87f;  // ticks and legend against the text size
constexpr double kWheelZoom = 1.2;   // per notch
constexpr float kLowPlotPx = 90.0f;  // scale 1
constexpr float kDragPx = 2.0f;      // a press that moved less is a click

using Frame = PlotFrame;

ImVec2 operator+(ImVec2 a, ImVec2 b) { return {a.x + b.x, a.y + b.y}; }

Frame make_frame(Context& context, ImVec2 size) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const ImVec2 max = min + size;
    const float text = ImGui::GetFontSize() * kSmallText;
    const float gap = 4.0f * context.scale;
    Frame frame{context, ImGui::GetWindowDrawList(), min, max, {}, {}, text, {}, {}};
    const float tick_width = frame.measure("-000.00").x;
    frame.area_min = {min.x + tick_width + gap, min.y + text + gap};
    frame.low = size.y < kLowPlotPx * context.scale;
    const float below = frame.low ? text + 1.5f * gap : 2.0f * text + 2.5f * gap;
    frame.area_max = {max.x - 8.0f * context.scale, max.y - below};
    return frame;
}

std::vector<LineView> shown_lines(const std::vector<PlotSeries>& series, bool behind) {
    std::vector<LineView> lines;
    for (const PlotSeries& one : series) {
        if (one.visible && one.behind == behind && !one.x.empty()) lines.push_back({one.x, one.y});
    }
    return lines;
}

Range fitting_y(const Frame& frame, const PlotOptions& options,
                const std::vector<PlotSeries>& series) {
    const std::vector<LineView> lines = shown_lines(series, false);
    if (options.whole_y) return whole_y(lines, frame.x);
    std::vector<LineView> behind = shown_lines(series, true);
    const Range& x = frame.x.range;
    std::erase_if(behind, [&](const LineView& line) {
        return line.x.front() > x.max || line.x.back() < x.min;
    });
    return behind.empty() ? fit_y(lines, frame.x) : fit_y_over(lines, behind, frame.x);
}

void set_scales(Frame& frame, const PlotOptions& options, const std::vector<PlotSeries>& series,
                PlotView& view) {
    frame.x.log = options.log_x;
    const std::vector<LineView> lines =
        options.log_x ? visible_lines(series) : shown_lines(series, false);
    if (options.log_x && !(view.x_min > 0.0)) view.fit_x = true;
    frame.x.range = view.fit_x ? x_extent(lines, options.log_x) : Range{view.x_min, view.x_max};
    frame.y.range = view.fit_y ? fitting_y(frame, options, series) : Range{view.y_min, view.y_max};
}

void draw_labels(const Frame& frame, const ChartArea& chart, const char* x_label,
                 const char* y_label) {
    frame.write(frame.min, frame.context.theme.text_dim, y_label);
    draw_axis_lines(chart, frame.low ? "" : x_label,
                    frame.max.y - frame.text - 2.0f * frame.context.scale);
}

void draw_reading_box(const Frame& frame, float x,
                      const std::vector<std::pair<ImU32, std::string>>& rows) {
    const Theme& theme = frame.context.theme;
    const float scale = frame.context.scale;
    const float row = frame.text + 3.0f * scale;
    float width = 0.0f;
    for (const auto& [colour, words] : rows) width = std::max(width, frame.measure(words).x);
    const ImVec2 size{width + 12.0f * scale, row * static_cast<float>(rows.size()) + 8.0f * scale};
    ImVec2 min{x + 10.0f * scale, frame.area_min.y + 4.0f * scale};
    if (min.x + size.x > frame.area_max.x) min.x = x - 10.0f * scale - size.x;
    min.x = std::max(min.x, frame.min.x);
    frame.draw->AddRectFilled(min, min + size, with_alpha(theme.panel, 0.95f), 4.0f * scale);
    frame.draw->AddRect(min, min + size, theme.border, 4.0f * scale);
    ImVec2 at{min.x + 6.0f * scale, min.y + 4.0f * scale};
    for (const auto& [colour, words] : rows) {
        frame.write(at, colour, words);
        at.y += row;
    }
}

void draw_crosshair(const Frame& frame, const PlotOptions& options,
                    const std::vector<PlotSeries>& series) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const double x = frame.x.value((mouse.x - frame.area_min.x) / frame.width());
    const float line = std::floor(mouse.x) + 0.5f;
    const Theme& theme = frame.context.theme;
    frame.draw->AddLine({line, frame.area_min.y}, {line, frame.area_max.y},
                        with_alpha(theme.text, 0.4f));
    std::vector<std::pair<ImU32, std::string>> rows{
        {theme.text_dim, reading(x) + " " + options.x_label}};
    for (const PlotSeries& one : series) {
        if (!one.visible) continue;
        const int nearest = nearest_point({one.x, one.y}, x);
        if (nearest < 0) continue;
        const auto at = static_cast<std::size_t>(nearest);
        if (frame.x.log && one.x[at] <= 0.0) continue;
        const ImVec2 point{frame.px(frame.x.fraction(one.x[at])),
                           frame.py(frame.y.fraction(one.y[at]))};
        // A value that was measured elsewhere says where.
        const bool elsewhere = std::abs(point.x - mouse.x) > 8.0f * frame.context.scale;
        const ImU32 words = one.behind ? theme.text_dim : one.colour;  // the line itself is faint
        rows.emplace_back(words, one.short_name + "  " + reading(one.y[at]) +
                                     (elsewhere ? "  at " + reading(one.x[at]) : ""));
        if (!frame.inside(point)) continue;
        frame.draw->AddCircleFilled(point, 4.0f * frame.context.scale, theme.panel);
        frame.draw->AddCircleFilled(point, 3.0f * frame.context.scale, one.colour);
    }
    if (*options.help != '\0') rows.emplace_back(theme.text_dim, options.help);
    draw_reading_box(frame, mouse.x, rows);
}

// Moves both ends so that the value under `fraction` stays where it is.
Range zoomed(const AxisScale& scale, double fraction, double factor) {
    return {scale.value(fraction - fraction * factor),
            scale.value(fraction + (1.0 - fraction) * factor)};
}

Range shifted(const AxisScale& scale, double fractions) {
    return {scale.value(-fractions), scale.value(1.0 - fractions)};
}

bool sensible(const Range& range) {
    const double size = std::max(std::abs(range.min), std::abs(range.max));
    return std::isfinite(range.min) && std::isfinite(range.max) && range.span() > 1e-9 * size &&
           size < 1e15;
}

void take_x(PlotView& view, const Range& range) {
    if (!sensible(range)) return;
    view.fit_x = false;
    view.x_min = range.min;
    view.x_max = range.max;
}

void take_y(PlotView& view, const Range& range) {
    if (!sensible(range)) return;
    view.fit_y = false;
    view.y_min = range.min;
    view.y_max = range.max;
}

// Over the lines both axes zoom, beside them or below only that axis.
void handle_mouse(const Frame& frame, bool hovered, bool active, PlotView& view) {
    const ImGuiIO& io = ImGui::GetIO();
    if (hovered && ImGui::IsMouseDoubleClicked(0)) {
        view.fit_x = view.fit_y = true;
        return;
    }
    if (hovered && io.MouseWheel != 0.0f) {
        const double factor = std::pow(kWheelZoom, -static_cast<double>(io.MouseWheel));
        const double across = (io.MousePos.x - frame.area_min.x) / frame.width();
        const double up = (frame.area_max.y - io.MousePos.y) / frame.height();
        if (across >= 0.0) take_x(view, zoomed(frame.x, across, factor));
        if (up >= 0.0) take_y(view, zoomed(frame.y, up, factor));
    }
    const bool dragged = ImGui::IsMouseDragging(0, kDragPx) || ImGui::IsMouseDragging(1, kDragPx);
    if (active && dragged && (io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f)) {
        take_x(view, shifted(frame.x, io.MouseDelta.x / frame.width()));
        take_y(view, shifted(frame.y, -io.MouseDelta.y / frame.height()));
    }
}

std::string newest_values(const std::vector<PlotSeries>& series) {
    std::string text;
    for (const PlotSeries& one : series) {
        if (!one.y.empty()) text += one.short_name + "=" + reading(one.y.back()) + ";";
    }
    return text;
}

// Nothing where it has no room.
void write_in_the_middle(const Frame& frame, ImU32 colour, const char* text) {
    const ImVec2 size = frame.measure(text);
    if (size.x > frame.width() || size.y > frame.height()) return;
    frame.write({frame.px(0.5) - size.x / 2, frame.py(0.5) - size.y / 2}, colour, text);
}

// Where the run is a branch of another; says whether the mouse is on one of the lines.
bool draw_branches(Context& context, const Frame& frame, ScreenPainter& painter,
                   const PlotOptions& options, bool hovered) {
    const float near = 4.0f * context.scale;
    bool on_one = false;
    for (std::size_t i = 0; i < options.branch_x.size(); ++i) {
        const auto at = static_cast<float>(frame.px(frame.x.fraction(options.branch_x[i])));
        if (at < frame.area_min.x || at > frame.area_max.x) continue;
        draw_dashes(painter, {{at, frame.area_min.y}, {at, frame.area_max.y}}, 4.0f * context.scale,
                    1.2f * context.scale, ink(context.theme.accent, 0.8));
        context.layout.mark(("curves.branch_" + std::to_string(i + 1)).c_str(),
                            {at - near, frame.area_min.y}, {at + near, frame.area_max.y},
                            reading(options.branch_x[i]));
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        on_one |= hovered && std::abs(mouse.x - at) <= near && mouse.y >= frame.area_min.y &&
                  mouse.y <= frame.area_max.y;
    }
    return on_one;
}

// Where the left button was pressed and released at one place among the lines.
std::optional<PlotClick> click_on(const Frame& frame, bool released) {
    const ImGuiIO& io = ImGui::GetIO();
    if (!released || !ImGui::IsMouseReleased(0) || !frame.inside(io.MousePos)) return std::nullopt;
    if (io.MouseDragMaxDistanceSqr[0] >= kDragPx * kDragPx) return std::nullopt;
    const double across = (io.MousePos.x - frame.area_min.x) / frame.width();
    return PlotClick{frame.x.value(across), io.MouseClickedLastCount[0] > 1};
}

}  // namespace

std::optional<PlotClick> plot(Context& context, const char* name, const PlotOptions& options,
                              std::vector<PlotSeries>& series, PlotView& view) {
    Frame frame = make_frame(context, options.size);
    const PlotLegend legend(frame, series);
    if (!frame.has_room()) {
        ImGui::Dummy(options.size);
        return std::nullopt;
    }
    const bool released = ImGui::InvisibleButton(
        name, options.size, ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
    const bool hovered = ImGui::IsItemHovered();
    const bool active = ImGui::IsItemActive();
    if (context.layout.enabled()) {
        context.layout.mark(name, frame.min, frame.max, newest_values(series));
    }
    set_scales(frame, options, series, view);
    handle_mouse(frame, hovered, active, view);
    set_scales(frame, options, series, view);

    ScreenPainter painter(frame.draw, frame.text);
    const ChartArea chart = frame.chart(painter);
    draw_ticks(chart);
    draw_labels(frame, chart, options.x_label, options.y_label);
    painter.clip(chart.area_min, chart.area_max);
    bool any = false, any_behind = false;
    for (const PlotSeries& one : series) {
        any_behind = any_behind || (one.behind && !one.x.empty());
        any = any || (!one.behind && !one.x.empty() && (!options.log_x || one.x.back() > 0.0));
        if (one.visible) draw_curve(chart, {one.x, one.y}, ink(one.colour), one.dashed);
    }
    const bool on_branch = any && draw_branches(context, frame, painter, options, hovered);
    if (options.mark_x && any) {
        // On a logarithmic axis 0 lies before its beginning.
        const bool placed = !options.log_x || *options.mark_x > 0.0;
        const float at = placed ? frame.px(frame.x.fraction(*options.mark_x)) : frame.area_min.x;
        painter.line({at, frame.area_min.y}, {at, frame.area_max.y}, 1.5f * context.scale,
                     ink(context.theme.warning));
        context.layout.mark("curves.moment", {at, frame.area_min.y}, {at, frame.area_max.y},
                            reading(*options.mark_x));
    }
    painter.clip_nothing();
    if (!any) {
        write_in_the_middle(frame, context.theme.text_dim, options.empty_text);
        if (!any_behind) return std::nullopt;
    }
    if (on_branch)
        hover(context,
              "Here the run branched off: from this moment on it trains on from weights that "
              "another run had, and the optimiser's averages began anew.");
    const bool on_legend = legend.draw(frame, series, hovered);
    if (hovered && !active && !on_branch && frame.inside(ImGui::GetIO().MousePos))
        draw_crosshair(frame, options, series);
    return click_on(frame, released && any && !on_legend);
}

int bars(Context& context, const char* name, const BarOptions& options,
         const std::vector<float>& values) {
    Frame frame = make_frame(context, options.size);
    if (!frame.has_room()) {
        ImGui::Dummy(options.size);
        return -1;
    }
    ImGui::InvisibleButton(name, options.size);
    const bool hovered = ImGui::IsItemHovered() && frame.inside(ImGui::GetIO().MousePos);
    context.layout.mark(name, frame.min, frame.max);
    float top = 0.01f;
    for (const float value : values) top = std::max(top, value);
    const auto count = static_cast<double>(values.size());
    frame.x.range = {0.5, std::max(count, 1.0) + 0.5};  // the first is 1
    frame.y.range = {0.0, 1.08 * static_cast<double>(top)};

    ScreenPainter painter(frame.draw, frame.text);
    const ChartArea chart = frame.chart(painter);
    draw_labels(frame, chart, options.x_label, options.y_label);
    draw_bar_ticks(chart, count);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto [min, max] = bar_place(chart, i, values.size(), static_cast<double>(values[i]));
        const auto mark =
            std::find_if(options.marks.begin(), options.marks.end(),
                         [&](const auto& each) { return each.bar == static_cast<int>(i); });
        const bool marked = mark != options.marks.end();
        painter.box(min, max, ink(marked ? options.mark_colour : options.colour));
        if (!marked) continue;
        const ImVec2 text = frame.measure(mark->text);
        frame.write(
            {min.x + (max.x - min.x - text.x) / 2, std::max(min.y - text.y, frame.area_min.y)},
            options.mark_colour, mark->text);
    }
    if (!hovered || values.empty()) return -1;
    const double across = (ImGui::GetIO().MousePos.x - frame.area_min.x) / frame.width() * count;
    const auto index = std::min(static_cast<std::size_t>(std::max(across, 0.0)), values.size() - 1);
    char words[96];
    std::snprintf(words, sizeof words, "%s%zu: %.3f %s", options.item, index + 1,
                  static_cast<double>(values[index]), options.unit);
    std::vector<std::pair<ImU32, std::string>> lines{{context.theme.text, words}};
    if (*options.help != '\0') lines.emplace_back(context.theme.text_dim, options.help);
    draw_reading_box(frame, ImGui::GetIO().MousePos.x, lines);
    return static_cast<int>(index);
}

}  // namespace elbow::gui
