#pragma once

// Where the frames of the interpolation strip lie: in one row, or in several where that makes them
// larger. Pure functions.

#include "imgui.h"

namespace elbow::gui {

struct StripLayout {
    ImVec2 at{};        // upper left corner of the first
    ImVec2 tile{1, 1};  // of a frame, pixels
    ImVec2 step{1, 1};  // from one to the next in a row, and from row to row
    int frames = 2;
    int columns = 2;

    ImVec2 corner(int frame) const;
    // The frame under the position; -1: none.
    int frame_at(ImVec2) const;
    // The t in [0, 1] along the path that is nearest to the position.
    double t_at(ImVec2) const;
    // Under the frames: the place of t in [0, 1] along the path.
    ImVec2 marker(double t) const;
};

// Images of height x width pixels in the space; `marker_px` is kept free under each row.
StripLayout strip_layout(int frames, int height, int width, ImVec2 at, ImVec2 space,
                         float marker_px, float scale);

}  // namespace elbow::gui
