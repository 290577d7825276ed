#pragma once

// Where a panel goes that the mouse carries by its title: a pure function of what is drawn. Lengths
// in pixels. Any thread.

#include <optional>
#include <span>
#include <string>

#include "app/gui/layout_places.h"

namespace elbow::gui {

// A title as it is drawn.
struct TabPlace {
    std::string panel;
    Area area;
};

struct DropScene {
    const LayoutPlaces& places;
    std::span<const TabPlace> tabs;  // of all groups
    Area space;                      // of all groups together
    float title_height_px;           // of the bar at the top of a group
    float rim_px;                    // how far from the window's border is at the border
};

// At the window's border: along all of it. Over a group's titles: a tab between them. Near the
// border of a group: a part of its own, half as large as the group. In the middle: a tab after the
// others. Absent where nothing would move.
std::optional<Spot> drop_spot(const DropScene&, const std::string& panel, float x, float y);

}  // namespace elbow::gui
