#pragma once

// The labels beside the map: the colours of the classes (map_classes.h), which hide and show their
// points, and what is said of points of which only some are drawn. GUI thread, but for what takes
// no Context.

#include <span>
#include <string>
#include <vector>

#include "app/charts/painter.h"
#include "app/gui/context.h"
#include "app/gui/map/map_scene.h"
#include "app/gui/map/thinning.h"

namespace elbow::gui {

inline constexpr float kLegendRowPx = 22.0f;  // scale 1

// What the legend's rows are called: the classes, and where there are more of them than bits of
// hidden_labels, one row for all from the last bit on.
std::vector<std::string> legend_rows(std::span<const std::string> class_names);
// The row of all from the last bit on, whose labels have several colours.
bool is_shared_row(int row, int classes);
ImU32 row_colour(const Theme&, int row, int classes);

// A row, on the screen and in a picture.
struct LabelRow {
    std::string name;
    ImU32 colour;
    bool shown;
};
// `at`: its upper left corner. scale: pixels for a design pixel.
void draw_label_row(const LabelRow&, const Theme&, charts::Pixel at, float height, float scale,
                    charts::Painter&);

// A row of what a layer draws in lines.
struct LineRow {
    const char* words;
    charts::Ink ink;
};
inline constexpr float kLineTextPx = 26.0f;  // from the left to the words, scale 1
void draw_line_row(const LineRow&, const Theme&, charts::Pixel at, float height, float scale,
                   charts::Painter&);

// A bar of colours from little, at its foot, to much.
struct ColourBar {
    const char* heading;  // its unit
    std::span<const charts::Ink> steps;
    std::string low, high;  // what its ends are
    // How many there are at each part of it, of the most frequent one; empty: not drawn.
    std::span<const float> shares = {};
};
inline constexpr float kColourBarPx = 92.0f;  // its height with all around it, scale 1
// Where the colours are of a bar whose upper left corner is `at`: pixels.
struct ColourBarPlace {
    charts::Pixel low, high;  // upper left and lower right
};
ColourBarPlace colour_bar_place(charts::Pixel at, float scale);
void draw_colour_bar(const ColourBar&, const Theme&, charts::Pixel at, float scale,
                     charts::Painter&);

// What the labels leave of the column beside the map in a picture, pixels.
struct LegendRoom {
    float top, tall;
};
LegendRoom room_below_labels(const MapScene&);

// Takes the height of a layer's legend, and no more than that.
void take_legend_room(float height_px);

// Pixels, for the class names at hand; the height with rows of full size.
float labels_width(const Context&);
float labels_height(const Context&);
// Draws into the present ImGui window at the cursor and leaves `below_px` free, where that can be.
// Changes the view state's hidden labels.
void draw_labels(Context&, float below_px);

// What is said of points of which only some are drawn.
std::string thinning_text(const DrawnPoints&, int held_out_images);
float thinning_height(const Context&);
// In two lines that the narrowest legend has room for.
void draw_thinning(Context&, const DrawnPoints&, int held_out_images);

}  // namespace elbow::gui
