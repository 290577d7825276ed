#include "app/gui/layout_tree.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace elbow::gui {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

const std::string& first_panel(const Layout& layout) {
    const Layout* part = &layout;
    while (part->is_split()) part = &part->parts.front();
    return part->panels.front();
}

Layout* find_group(Layout& layout, std::string_view panel) {
    return const_cast<Layout*>(group_of(layout, panel));
}

bool holds_all(const Layout& layout, const std::vector<std::string>& panels) {
    return std::all_of(panels.begin(), panels.end(),
                       [&](const auto& panel) { return group_of(layout, panel) != nullptr; });
}

Layout& smallest_part_with(Layout& layout, const std::vector<std::string>& panels) {
    Layout* smallest = &layout;
    for (bool smaller = !panels.empty(); smaller;) {
        smaller = false;
        for (Layout& part : smallest->parts) {
            if (!holds_all(part, panels)) continue;
            smallest = &part;
            smaller = true;
            break;
        }
    }
    return *smallest;
}

std::vector<std::string> those_in(const Layout& layout, const std::vector<std::string>& panels) {
    std::vector<std::string> found;
    std::copy_if(panels.begin(), panels.end(), std::back_inserter(found),
                 [&](const auto& panel) { return group_of(layout, panel) != nullptr; });
    return found;
}

void add_tab(Layout& group, const std::string& panel, const std::string& before) {
    const auto at = std::find(group.panels.begin(), group.panels.end(), before);
    if (static_cast<std::size_t>(at - group.panels.begin()) <= group.front) ++group.front;
    group.panels.insert(at, panel);
}

}  // namespace

// By hand: the compilers do not agree on a default for a type that holds itself.
bool Layout::operator==(const Layout& other) const {
    return panels == other.panels && front == other.front && parts == other.parts &&
           side_by_side == other.side_by_side && second_sized == other.second_sized &&
           share == other.share;
}

Layout tab_group(std::vector<std::string> panels, std::size_t front) {
    Layout layout;
    layout.panels = std::move(panels);
    layout.front = front < layout.panels.size() ? front : 0;
    return layout;
}

Layout split_layout(Side side, Share share, Layout sized, Layout other) {
    if (sized.empty()) return other;
    if (other.empty()) return sized;
    Layout layout;
    layout.side_by_side = side == Side::kLeft || side == Side::kRight;
    layout.second_sized = side == Side::kRight || side == Side::kBelow;
    layout.share = share;
    if (layout.second_sized) std::swap(sized, other);
    layout.parts.push_back(std::move(sized));
    layout.parts.push_back(std::move(other));
    return layout;
}

std::vector<std::string> panels_of(const Layout& layout) {
    std::vector<std::string> all = layout.panels;
    for (const Layout& part : layout.parts) {
        for (std::string& panel : panels_of(part)) all.push_back(std::move(panel));
    }
    return all;
}

const Layout* group_of(const Layout& layout, std::string_view panel) {
    if (has(layout.panels, panel)) return &layout;
    for (const Layout& part : layout.parts) {
        if (const Layout* found = group_of(part, panel)) return found;
    }
    return nullptr;
}

const Layout* split_before(const Layout& layout, std::string_view panel) {
    if (!layout.is_split()) return nullptr;
    if (first_panel(layout.parts.back()) == panel) return &layout;
    for (const Layout& part : layout.parts) {
        if (const Layout* found = split_before(part, panel)) return found;
    }
    return nullptr;
}

Layout* split_before(Layout& layout, std::string_view panel) {
    return const_cast<Layout*>(split_before(std::as_const(layout), panel));
}

void remove_panel(Layout& layout, std::string_view panel) {
    const auto at = std::find(layout.panels.begin(), layout.panels.end(), panel);
    if (at != layout.panels.end()) {
        const auto index = static_cast<std::size_t>(at - layout.panels.begin());
        layout.panels.erase(at);
        // What was behind the panel comes to the front: its neighbour, where it was in front.
        if (layout.front > index || layout.front == layout.panels.size())
            layout.front -= layout.front > 0 ? 1 : 0;
        return;
    }
    if (!layout.is_split()) return;
    for (Layout& part : layout.parts) remove_panel(part, panel);
    for (std::size_t i : {0, 1}) {
        if (!layout.parts[i].empty()) continue;
        Layout other = std::move(layout.parts[1 - i]);
        layout = std::move(other);
        return;
    }
}

void put_panel(Layout& layout, const std::string& panel, const Spot& spot) {
    if (layout.empty()) {
        layout = tab_group({panel});
        return;
    }
    const std::vector<std::string> beside = those_in(layout, spot.beside);
    if (!spot.side) {
        const std::string neighbour = beside.empty() ? first_panel(layout) : beside.front();
        add_tab(*find_group(layout, neighbour), panel, spot.before);
        return;
    }
    Layout& part = smallest_part_with(layout, beside);
    Layout there = std::move(part);
    part = split_layout(*spot.side, spot.share, tab_group({panel}), std::move(there));
}

void move_panel(Layout& layout, const std::string& panel, const Spot& spot) {
    Layout without = layout;
    remove_panel(without, panel);
    if (without.empty() || (!spot.beside.empty() && those_in(without, spot.beside).empty())) return;
    put_panel(without, panel, spot);
    bring_to_front(without, panel);
    layout = std::move(without);
}

void bring_to_front(Layout& layout, std::string_view panel) {
    Layout* group = find_group(layout, panel);
    if (group == nullptr) return;
    const auto at = std::find(group->panels.begin(), group->panels.end(), panel);
    group->front = static_cast<std::size_t>(at - group->panels.begin());
}

Layout completed(const Layout& layout, const std::vector<PanelHome>& homes) {
    Layout whole = layout;
    for (const std::string& panel : panels_of(layout)) {
        const bool known = std::any_of(homes.begin(), homes.end(),
                                       [&](const PanelHome& home) { return home.panel == panel; });
        if (!known) remove_panel(whole, panel);
    }
    std::vector<const PanelHome*> missing;
    for (const PanelHome& home : homes) {
        if (group_of(whole, home.panel) == nullptr) missing.push_back(&home);
    }
    while (!missing.empty()) {
        const auto can_be_put = [&](const PanelHome* home) {
            return home->spot.beside.empty() || !those_in(whole, home->spot.beside).empty();
        };
        auto next = std::find_if(missing.begin(), missing.end(), can_be_put);
        if (next == missing.end()) next = missing.begin();
        put_panel(whole, (*next)->panel, (*next)->spot);
        missing.erase(next);
    }
    return whole;
}

}  // namespace elbow::gui
