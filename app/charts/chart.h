#pragma once

// Panels of curves over a logarithmic axis as a picture, drawn without a window: black on white,
// for paper. Pure function of what it is given.

#include <cstdint>
#include <string>
#include <vector>

#include "app/charts/raster.h"

namespace elbow::charts {

struct LineStyle {
    Rgb colour{};
    double width = 1.0;  // in units of a usual line
    bool dashed = false;
};

struct ChartLine {
    LineStyle style;
    std::vector<double> x, y;  // equal lengths, x ascending and positive
};

struct Panel {
    std::string title;  // "N_z": the z is a subscript
    double y_min = 0.0;
    double y_max = 1.0;
    std::vector<ChartLine> lines;  // later ones lie above earlier ones
};

struct LegendEntry {
    std::string words;
    LineStyle style;
};

struct Chart {
    std::string x_label;
    std::string y_label;
    double x_min = 1e5;
    double x_max = 1e8;
    std::vector<std::vector<Panel>> rows;  // any number of panels in each
    std::vector<LegendEntry> legend;
};

// Throws Error where there is no panel.
Raster draw_chart(const Chart&);

}  // namespace elbow::charts
