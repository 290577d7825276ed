#pragma once

// The arithmetic of a plot without its drawing: ticks, ranges, and lines reduced to what pixels can
// show. Used by the plot in the window and by the picture of the curves. Pure functions.

#include <span>
#include <string>
#include <vector>

namespace elbow::gui {

struct Range {
    double min = 0.0;
    double max = 1.0;
    double span() const { return max - min; }
    bool operator==(const Range&) const = default;
};

// Values to fractions of the axis' length and back; logarithmic where `log` (the range is then
// positive).
struct AxisScale {
    Range range;
    bool log = false;
    double fraction(double value) const;
    double value(double fraction) const;
};

// One line; equal lengths, x ascending; NaN in y breaks it.
struct LineView {
    std::span<const double> x;
    std::span<const double> y;
};

struct LinePoint {
    double x;  // fraction of the axis, 0 at the left
    double
        y;  // fraction of the axis, 0 at the bottom; values far outside are cut to about the view
};

// From the smallest to the largest x, those above 0 only where `log`; absent data answers [0, 1] or
// [1, 10].
Range x_extent(std::span<const LineView> lines, bool log);

// The y range in which the lines are worth looking at where x lies in the scale's range: the steep
// first part of a learning curve is let go of when it would flatten all the rest, the last fifth of
// the width is always inside.
Range fit_y(std::span<const LineView> lines, const AxisScale& x);

// The same of a run's lines over others that they are compared with. A young run fits by itself,
// however far the others come in the end; one that has come to them is not let flatten them by its
// beginning.
Range fit_y_over(std::span<const LineView> lines, std::span<const LineView> behind,
                 const AxisScale& x);

// The y range of all points where x lies in the scale's range.
Range whole_y(std::span<const LineView> lines, const AxisScale& x);

// A part of a plot, in fractions of its axes.
struct PlotBox {
    double left, right, bottom, top;
};

// At how many of some places across the box a line runs through it: a legend there would hide so
// much of them.
int places_covered(std::span<const LineView> lines, const AxisScale& x, const AxisScale& y,
                   const PlotBox&);

// The line in fractions, cut where y is NaN: at most four points (first, lowest, highest, last) a
// pixel column, and one beyond either end of the view, so that it reaches the edges.
std::vector<std::vector<LinePoint>> reduce_line(const LineView&, const AxisScale& x,
                                                const AxisScale& y, int columns);

// The index of the point nearest to x among those with a value; -1 where there is none.
int nearest_point(const LineView&, double x);

// Round tick positions in [min, max], at most `most` of them; decades and their 2 and 5 for
// logarithmic axes.
std::vector<double> ticks(double min, double max, int most);
std::vector<double> log_ticks(double min, double max, int most);

// "-120", "0.25", "20 k", "1.5 M"; as many decimals as ticks `step` apart need.
std::string tick_label(double value, double step);

// "1 234 500", "12.3", "0.00123": as a crosshair shows it.
std::string reading(double value);

}  // namespace elbow::gui
