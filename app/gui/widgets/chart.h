#pragma once

// The axes, lines and bars of a chart, drawn once for the plots in the window and for the picture
// of the curves. Pure functions of their painter, for any thread.

#include <string>
#include <vector>

#include "app/charts/painter.h"
#include "app/gui/widgets/plot_scale.h"

namespace elbow::gui {

// Sizes in pixels.
struct ChartLook {
    charts::Ink grid, axis, words;
    float axis_width, line_width;
    float dot_radius;           // of a point without neighbours
    float dash = 0.0f;          // of a dashed line, and of the gaps between
    float gap_left, gap_below;  // between an axis and the labels of its ticks
    float tick_room;            // the least distance of ticks across
    float widest_bar;
};

struct ChartArea {
    charts::Painter& painter;
    ChartLook look;
    charts::Pixel min, max;            // everything
    charts::Pixel area_min, area_max;  // between the axes
    AxisScale x{}, y{};

    float width() const { return area_max.x - area_min.x; }
    float height() const { return area_max.y - area_min.y; }
    float px(double fraction) const { return area_min.x + static_cast<float>(fraction) * width(); }
    float py(double fraction) const { return area_max.y - static_cast<float>(fraction) * height(); }
};

// How many ticks there is room for across.
int most_ticks_across(const ChartArea&);

// Grid lines with their labels, at round places of the scales.
void draw_ticks(const ChartArea&);
// Upright and level ones alone; `step`: how far apart they are, 0 where each has to be written for
// itself (a logarithmic axis).
void draw_x_ticks(const ChartArea&, const std::vector<double>& places, double step);
void draw_y_ticks(const ChartArea&);
// At whole places from 1 to `count`, for bars.
void draw_bar_ticks(const ChartArea&, double count);

// The two axes, and under the level one what it measures. label_top: of its letters.
void draw_axis_lines(const ChartArea&, const std::string& x_label, float label_top);

// `points` from corner to corner, in dashes of equal length whatever the slope.
void draw_dashes(charts::Painter&, const std::vector<charts::Pixel>& points, float dash,
                 float width, const charts::Ink&);

// A line over the scales, cut where it has no value.
void draw_curve(const ChartArea&, const LineView&, const charts::Ink&, bool dashed = false);

// Where bar `index` of so many stands, whose value is at this height: its corners.
struct BarPlace {
    charts::Pixel min, max;
};
BarPlace bar_place(const ChartArea&, std::size_t index, std::size_t count, double value);

}  // namespace elbow::gui
