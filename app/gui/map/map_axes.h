#pragma once

// The axes around the map: ticks with their labels, and the titles outside the plot, laid out so
// that no text lies over another or over the points. GUI thread, but for what is given its sizes.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/charts/painter.h"
#include "app/gui/context.h"
#include "app/gui/map/map_view.h"

namespace elbow::gui {

struct AxisTick {
    double at;  // latent units
    std::string label;
    bool labelled = false;  // its label has room, so that its mark says something
};
struct AxisWords;
// As many as there is room for, two at least, with labels of one number of decimals. Of the two
// axes around a view; with one latent the upright one has a row for each label.
std::vector<AxisTick> ticks_across(const PlaneView&, const AxisWords&, float scale);
std::vector<AxisTick> ticks_up(const PlaneView&, const AxisWords&, float scale);
inline constexpr float kAxisTickPx = 4.0f;  // the length of a tick's line, scale 1
// What the axes say.
struct AxisWords {
    std::string x, y;              // "z1  (standard deviations of the prior)"
    std::string short_x, short_y;  // where these have no room: "z1"
    // With one latent, y has no scale but a row for each label, from the top.
    std::vector<AxisTick> rows;
    bool has_rows = false;
    bool unit_square = false;  // only 0 to 1 means something: there are no other ticks
};
// `row_unit`: of the map, where there is one latent; see map_view.h. The second form leaves the
// names of the classes as long as they are.
AxisWords axis_words(const Context&, double row_unit);
AxisWords axis_words(const ViewState&, const RunConfig&, std::span<const std::string> class_names,
                     double row_unit);

// What the axes need around the plot, pixels in the present font.
struct MapGutters {
    float left, top, bottom;
};
// `before`: the left one of the last frame; it narrows only by much, so that the plot stands still
// while the view moves.
MapGutters map_gutters(const MapRect&, const AxisWords&, float panel_height_px, float scale,
                       float before);

// A text around the plot.
struct AxisLabel {
    ImVec2 min, max;
    std::string text;
};
struct MapAxes {
    std::vector<AxisTick> x_ticks, y_ticks;
    std::vector<AxisLabel> x_labels, y_labels;  // of those that have room
    AxisLabel x_title, y_title;
};
// How large texts are, pixels.
struct TextSizes {
    std::function<float(const std::string&)> width;
    float line;  // the height of one
};
TextSizes sizes_on_screen();  // in the present font of ImGui
TextSizes text_sizes(const charts::Painter&);
MapAxes lay_out_axes(const PlaneView&, const MapGutters&, const AxisWords&, float scale,
                     const TextSizes& = sizes_on_screen());

}  // namespace elbow::gui
