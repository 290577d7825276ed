#pragma once

// The band under the interpolation strip: which class the path is in, by the classes of the codes
// that lie nearest, and where that changes. Pure functions.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/charts/painter.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/panels/strip_layout.h"
#include "app/gui/theme.h"
#include "engine/explore/classes.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

// A piece of the band, all of one class and in one row of the strip.
struct ClassSegment {
    std::uint8_t label = 0;
    float left = 0, right = 0, top = 0;  // pixels
    double from = 0, to = 1;             // t along the path
    int fewest_votes = 0;                // for the label, anywhere in it
    bool begins = true;                  // another class lies before it: not just the end of a row
};
using ClassBand = std::vector<ClassSegment>;

// votes: at equal steps of t, at least two. It changes half-way between two votes that differ.
ClassBand class_band(std::span<const explore::ClassVote> votes, const StripLayout&);

// What the band is drawn with, in the window and in a picture.
struct BandLook {
    const Theme& theme;
    std::span<const std::string> class_names;
    float scale;  // pixels for a design pixel
};
// How tall the band is in a strip of this height, pixels; 0: these images have no classes, or the
// weights no encoder.
float class_band_px(const MapClasses&, const train::ParameterSnapshot&, float strip_px,
                    float scale);
void draw_class_band(const ClassBand&, const BandLook&, float band_px, charts::Painter&);
// "7 | 9 | 4", for the layout log.
std::string band_words(const MapClasses&, const ClassBand&);
// When hovered.
std::string class_help(const MapClasses&, int voters, const ClassSegment&);

}  // namespace elbow::gui
