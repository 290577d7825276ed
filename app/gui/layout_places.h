#pragma once

// Where the groups of a layout and the splitters between them lie: a pure function of the layout,
// the space and the scale, so that it can be tested without a window. Lengths in pixels. Any
// thread.

#include <map>
#include <string>
#include <vector>

#include "app/gui/area.h"
#include "app/gui/layout_tree.h"

namespace elbow::gui {

// The least size of a panel, design pixels.
struct PanelSize {
    float width = 150.0f, height = 140.0f;
};
using PanelSizes = std::map<std::string, PanelSize, std::less<>>;

struct GroupPlace {
    std::vector<std::string> panels;
    std::size_t front;
    Area area;
    const std::string& front_panel() const { return panels[front]; }
};

// The gap between the two parts of a split.
struct SplitterPlace {
    std::string before;  // the split's name; see split_before()
    bool upright;        // moves left and right, not up and down
    Area area;
    float first_px, second_px;  // sizes of the two parts as they are shown
    float whole_px;             // what the share is a fraction of
};

struct LayoutPlaces {
    std::vector<GroupPlace> groups;
    std::vector<SplitterPlace> splitters;
};

// Fills `space` with the groups and the gaps between them. Each panel keeps its least size; where
// the space is too small for all of them, they shrink together, so nothing ever has a negative size
// or lies outside. Where not all parts can have their shares, one further left or above comes
// first. A panel without an entry in `least` has the usual least size.
LayoutPlaces layout_places(const Layout&, const Area& space, float scale, const PanelSizes& least);

// Null: the panel is nowhere.
const GroupPlace* place_of(const LayoutPlaces&, std::string_view panel);

// Moves a splitter by so many pixels; how far it can go is for layout_places() to say.
void drag_splitter(Layout&, const SplitterPlace&, float delta_px);
// Gives the split the share that it has in `defaults`; one that is not there is halved.
void reset_splitter(Layout&, const SplitterPlace&, const Layout& defaults);

}  // namespace elbow::gui
