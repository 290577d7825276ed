#pragma once

// The arrangement of the panels as a value: a tree of splits whose leaves are groups of tabs.
// Panels go by their names. layout_places.h says where the parts lie, layout_json.h writes them
// down. Pure functions, any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace elbow::gui {

enum class Side { kLeft, kRight, kAbove, kBelow };

// What the size of a split's part is a fraction of.
enum class ShareOf {
    kWindow,  // all the space that the panels have
    kRow,     // the space of the row (or column) that nested splits of one direction make together
};

struct Share {
    float fraction = 0.5f;
    ShareOf of = ShareOf::kWindow;
    bool operator==(const Share&) const = default;
};

// A group of tabs, or a split of two parts, or nothing.
struct Layout {
    // A group: at least one panel, and which of them is in front.
    std::vector<std::string> panels;
    std::size_t front = 0;
    // A split: two parts, neither of them empty, side by side or one above the other.
    std::vector<Layout> parts;
    bool side_by_side = false;
    bool second_sized = false;  // which part has the share; the other takes what is left
    Share share;

    bool is_split() const { return !parts.empty(); }
    bool empty() const { return panels.empty() && parts.empty(); }
    bool operator==(const Layout&) const;
};

// Where a panel goes.
struct Spot {
    // The smallest part of the layout with all of these that are there; with none, the whole.
    std::vector<std::string> beside;
    // Of that part; absent: into the group of the first of them, as a tab.
    std::optional<Side> side;
    Share share;         // of the new part, where there is a side
    std::string before;  // the tab that it goes before; empty or not there: last
};

struct PanelHome {
    std::string panel;
    Spot spot;
};

Layout tab_group(std::vector<std::string> panels, std::size_t front = 0);
// `side`: of the part that has the share. An empty part leaves the other alone.
Layout split_layout(Side side, Share, Layout sized, Layout other);

// All panels, first those that lie further left or above, tabs in their order.
std::vector<std::string> panels_of(const Layout&);
// The group with the panel; null: the panel is nowhere.
const Layout* group_of(const Layout&, std::string_view panel);
// The split whose second part begins with the panel; null: there is none. Each split has one such
// panel, and goes by its name.
const Layout* split_before(const Layout&, std::string_view panel);
Layout* split_before(Layout&, std::string_view panel);

// Groups and splits that become empty go with it.
void remove_panel(Layout&, std::string_view panel);
// Puts a panel that is nowhere; as a tab, it stays behind the one in front.
void put_panel(Layout&, const std::string& panel, const Spot&);
// Also brings it to the front. A panel that would lie beside nothing but itself stays where it is.
void move_panel(Layout&, const std::string& panel, const Spot&);
void bring_to_front(Layout&, std::string_view panel);

// The layout with exactly these panels: others are dropped, and those that are missing go home.
// A home may lie beside a panel that is itself still to be put. Of nothing, this makes the default
// layout.
Layout completed(const Layout&, const std::vector<PanelHome>&);

}  // namespace elbow::gui
