#pragma once

// A line plot on ImDrawList: axes with units, wheel zoom, drag pan, double click to fit, a
// crosshair that reads values. ImPlot is not packaged for the systems we build on. GUI thread.

#include <optional>
#include <string>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/widgets/plot_scale.h"

namespace elbow::gui {

struct PlotSeries {
    std::string name;        // in the legend
    std::string short_name;  // at the crosshair
    ImU32 colour;
    bool dashed = false;
    std::vector<double> x, y;  // equal lengths, x ascending; NaN breaks the line
    bool visible = true;       // a click on the legend changes it
    // What others found, to compare with: it is drawn where it lies, but a plot that has nothing
    // else is empty, and a linear axis is not stretched for it.
    bool behind = false;
};

struct PlotOptions {
    const char* x_label;  // with its unit
    const char* y_label;  // with its unit
    bool log_x = false;
    ImVec2 size;                        // pixels
    const char* empty_text = "";        // shown while there is no data
    bool whole_y = false;               // nothing of the lines is cut off, however steep it is
    std::optional<double> mark_x = {};  // an upright line here
    std::vector<double> branch_x = {};  // dashed ones, where the run is a branch of another
    const char* help = "";              // what a click does, below what the crosshair reads
};

// What the person has zoomed to; fit means: follow the data.
struct PlotView {
    bool fit_x = true, fit_y = true;
    double x_min = 0, x_max = 1, y_min = 0, y_max = 1;
};

// Where a person clicked among the lines; twice: the second click of two, which fits the plot.
struct PlotClick {
    double x;
    bool twice;
};

// Absent: nobody clicked, but perhaps dragged, or on the legend.
std::optional<PlotClick> plot(Context&, const char* name, const PlotOptions&,
                              std::vector<PlotSeries>& series, PlotView& view);

// Bars from zero, one a value, counted from 1; hovering reads one as "<item>3: 1.2 <unit>". Returns
// the place of the one that is hovered; -1: none.
struct BarOptions {
    const char* x_label;
    const char* y_label;
    const char* item;  // "z"
    const char* unit;  // "nats"
    ImU32 colour;
    ImVec2 size;            // pixels
    const char* help = "";  // a second line where one is read
    // Bars that stand out, by their indices, each with what is written over it.
    struct Mark {
        int bar;
        const char* text;
    };
    std::vector<Mark> marks = {};
    ImU32 mark_colour = 0;
};
int bars(Context&, const char* name, const BarOptions&, const std::vector<float>& values);

}  // namespace elbow::gui
