#pragma once

// How many images of a data set fit into a panel, and where each goes. Pure functions.

#include <vector>

#include "engine/data/dataset.h"
#include "imgui.h"

namespace elbow::gui {

// A grid of cells; a cell holds `stacked` images above each other without a gap.
struct SheetGrid {
    int columns = 1;
    int rows = 1;
    int stacked = 1;
    ImVec2 image{1, 1};  // pixels on the screen
    float gap = 1;       // pixels between cells

    int cells() const { return columns * rows; }
    float pitch_y_image() const { return image.y * static_cast<float>(stacked); }
    ImVec2 size() const;
    // The corner of the grid when it stands in the middle of `space`, whole pixels.
    ImVec2 centred(ImVec2 corner, ImVec2 space) const;
    ImVec2 cell(ImVec2 corner, int index) const;
    // The cell under the position; -1 where there is none.
    int at(ImVec2 corner, ImVec2 position) const;
};

// The shape in which an image of height x width pixels is shown: its own, but at most so many times
// as long as it is broad, so that a line of pixels is seen.
constexpr float kMostElongated = 8.0f;
ImVec2 shown_shape(int height, int width);

// The largest size inside the box in which an image has that shape.
ImVec2 size_within(int height, int width, ImVec2 box);

// As many images as fit at about 32 units of design size a side, each pixel a whole number of
// screen pixels where that leaves them near that size.
SheetGrid sheet_grid(int height_px, int width_px, ImVec2 space, int stacked, float scale);

// So many cells as large as the space takes them; the columns are a multiple of `columns_of` where
// there are that many cells.
SheetGrid enlarged_grid(int cells, int columns_of, int height_px, int width_px, ImVec2 space,
                        int stacked, float scale);

// So many cells that fill the space as well as can be; each pixel is a whole number of screen
// pixels where it is magnified at least three times.
SheetGrid filling_grid(int cells, int height_px, int width_px, ImVec2 space, float scale);

// The first held-out images of each label in turn (0, 1, ..., 9, 0, 1, ...), so that all labels are
// seen and a run always shows the same ones; the first images where there are no labels.
std::vector<int> images_of_each_label(const data::Dataset&, int count);

}  // namespace elbow::gui
