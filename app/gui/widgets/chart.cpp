#include "app/gui/widgets/chart.h"

#include <algorithm>
#include <cmath>

namespace elbow::gui {
namespace {

using charts::Pixel;

// Letters and thin lines stand on whole pixels.
Pixel whole(Pixel at) { return {std::floor(at.x), std::floor(at.y)}; }

}  // namespace

int most_ticks_across(const ChartArea& chart) {
    return std::max(2, static_cast<int>(chart.width() / chart.look.tick_room));
}

void draw_x_ticks(const ChartArea& chart, const std::vector<double>& places, double step) {
    for (const double value : places) {
        const float at = std::floor(chart.px(chart.x.fraction(value))) + 0.5f;
        chart.painter.line({at, chart.area_min.y}, {at, chart.area_max.y}, 1.0f, chart.look.grid);
        const std::string label = tick_label(value, step > 0.0 ? step : value);
        const float width = chart.painter.text_width(label);
        const float left = std::clamp(at - width / 2, chart.min.x, chart.max.x - width);
        chart.painter.text(whole({left, chart.area_max.y + chart.look.gap_below}), label,
                           chart.look.words);
    }
}

void draw_y_ticks(const ChartArea& chart) {
    const float text = chart.painter.line_height();
    const int most = std::max(2, static_cast<int>(chart.height() / (2.2f * text)));
    const auto places = ticks(chart.y.range.min, chart.y.range.max, most);
    const double step = places.size() > 1 ? places[1] - places[0] : 1.0;
    for (const double value : places) {
        const float at = std::floor(chart.py(chart.y.fraction(value))) + 0.5f;
        chart.painter.line({chart.area_min.x, at}, {chart.area_max.x, at}, 1.0f, chart.look.grid);
        const std::string label = tick_label(value, step);
        const float left = chart.area_min.x - chart.look.gap_left - chart.painter.text_width(label);
        chart.painter.text(whole({left, at - text / 2}), label, chart.look.words);
    }
}

void draw_ticks(const ChartArea& chart) {
    const Range& x = chart.x.range;
    const int most = most_ticks_across(chart);
    if (chart.x.log) {
        draw_x_ticks(chart, log_ticks(x.min, x.max, most), 0.0);
    } else {
        const auto places = ticks(x.min, x.max, most);
        draw_x_ticks(chart, places, places.size() > 1 ? places[1] - places[0] : 0.0);
    }
    draw_y_ticks(chart);
}

void draw_bar_ticks(const ChartArea& chart, double count) {
    std::vector<double> places = ticks(0.0, std::max(count, 1.0), most_ticks_across(chart));
    // There is no bar 1/2, and none 0.
    std::erase_if(places,
                  [&](double at) { return at != std::floor(at) || at < 1.0 || at > count; });
    draw_x_ticks(chart, places, 1.0);
    draw_y_ticks(chart);
}

void draw_axis_lines(const ChartArea& chart, const std::string& x_label, float label_top) {
    const float width = chart.painter.text_width(x_label);
    const float left = chart.area_min.x + (chart.width() - width) / 2;
    chart.painter.text(whole({left, label_top}), x_label, chart.look.words);
    const Pixel corner{chart.area_min.x + 0.5f, chart.area_max.y + 0.5f};
    chart.painter.line({corner.x, chart.area_min.y}, corner, chart.look.axis_width,
                       chart.look.axis);
    chart.painter.line(corner, {chart.area_max.x, corner.y}, chart.look.axis_width,
                       chart.look.axis);
}

void draw_dashes(charts::Painter& painter, const std::vector<Pixel>& points, float dash,
                 float width, const charts::Ink& ink) {
    float travelled = 0.0f;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Pixel from = points[i - 1];
        const float dx = points[i].x - from.x;
        const float dy = points[i].y - from.y;
        const float length = std::sqrt(dx * dx + dy * dy);
        if (length <= 0.0f || length > 1e5f) continue;
        float done = 0.0f;
        while (done < length) {
            const float phase = std::fmod(travelled + done, 2.0f * dash);
            const float left = phase < dash ? dash - phase : 2.0f * dash - phase;
            const float end = std::min(length, done + std::max(left, 0.1f));
            if (phase < dash) {
                painter.line({from.x + dx * done / length, from.y + dy * done / length},
                             {from.x + dx * end / length, from.y + dy * end / length}, width, ink);
            }
            done = end;
        }
        travelled += length;
    }
}

void draw_curve(const ChartArea& chart, const LineView& line, const charts::Ink& ink, bool dashed) {
    const auto pieces = reduce_line(line, chart.x, chart.y, static_cast<int>(chart.width()));
    for (const auto& piece : pieces) {
        std::vector<Pixel> points;
        points.reserve(piece.size());
        for (const LinePoint& point : piece)
            points.push_back({chart.px(point.x), chart.py(point.y)});
        if (points.size() == 1) {
            chart.painter.disc(points[0], chart.look.dot_radius, ink);
        } else if (dashed) {
            draw_dashes(chart.painter, points, chart.look.dash, chart.look.line_width, ink);
        } else {
            chart.painter.polyline(points, chart.look.line_width, ink);
        }
    }
}

BarPlace bar_place(const ChartArea& chart, std::size_t index, std::size_t count, double value) {
    const float slot = static_cast<float>(chart.width() / std::max<double>(1.0, count));
    const float bar = std::min(slot > 5.0f ? 0.8f * slot : slot, chart.look.widest_bar);
    const float left = chart.area_min.x + slot * (static_cast<float>(index) + 0.5f) - bar / 2;
    const float up = chart.py(chart.y.fraction(value));
    return {{left, std::min(up, chart.area_max.y - 1.0f)}, {left + bar, chart.area_max.y}};
}

}  // namespace elbow::gui
