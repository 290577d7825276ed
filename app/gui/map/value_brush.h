#pragma once

// A brush on the histogram beside a bar of colours: what lies between where the mouse was pressed
// and where it is now is selected. GUI thread.

#include <optional>
#include <span>
#include <vector>

#include "app/gui/context.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/map/selecting.h"

namespace elbow::gui {

class ValueBrush {
  public:
    // An item as wide as `right_px` leaves it over the bar, marked as `map.colour_brush`. values:
    // of each point. Changes the view state's selection.
    void draw(Context&, const PlacedPoints&, std::span<const float> values, const ColourScale&,
              const ColourBarPlace&, float right_px, const char* help);

  private:
    struct Drag {
        float from_y;
        std::vector<int> before;  // selected
    };
    std::optional<Drag> drag_;
};

// Of a scale whose ends are the bar's; beyond them there is no end. y: pixels.
struct ValueRange {
    float low, high;
};
ValueRange range_between(float one_y, float other_y, const ColourBarPlace&, const ColourScale&);

}  // namespace elbow::gui
