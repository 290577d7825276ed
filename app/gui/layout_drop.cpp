#include "app/gui/layout_drop.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace elbow::gui {
namespace {

constexpr float kEdge = 0.28f;         // of a group's width and height
constexpr float kRimFraction = 0.25f;  // of the window, for a panel along its border

struct NearestSide {
    Side side;
    float distance;  // in pixels, or as a fraction
};

NearestSide nearest_side(float left, float right, float above, float below) {
    const std::array<NearestSide, 4> sides = {
        {{Side::kLeft, left}, {Side::kRight, right}, {Side::kAbove, above}, {Side::kBelow, below}}};
    return *std::min_element(sides.begin(), sides.end(),
                             [](const auto& a, const auto& b) { return a.distance < b.distance; });
}

bool is_across(Side side) { return side == Side::kLeft || side == Side::kRight; }

std::vector<std::string> without(const std::vector<std::string>& panels, const std::string& one) {
    std::vector<std::string> others;
    std::copy_if(panels.begin(), panels.end(), std::back_inserter(others),
                 [&](const std::string& panel) { return panel != one; });
    return others;
}

// The first of the panels whose title lies, by its middle, right of the mouse.
std::string tab_after(std::span<const TabPlace> tabs, const std::vector<std::string>& panels,
                      float x) {
    for (const std::string& panel : panels) {
        for (const TabPlace& tab : tabs) {
            if (tab.panel == panel && tab.area.x + tab.area.width / 2 > x) return panel;
        }
    }
    return {};
}

}  // namespace

std::optional<Spot> drop_spot(const DropScene& scene, const std::string& panel, float x, float y) {
    const Area& space = scene.space;
    if (!space.contains(x, y)) return std::nullopt;
    const NearestSide rim =
        nearest_side(x - space.x, space.right() - x, y - space.y, space.bottom() - y);
    if (rim.distance < scene.rim_px) return Spot{{}, rim.side, {kRimFraction}, {}};
    const auto& groups = scene.places.groups;
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const GroupPlace& place) {
        return place.area.contains(x, y);
    });
    if (group == groups.end()) return std::nullopt;
    const std::vector<std::string> others = without(group->panels, panel);
    if (others.empty()) return std::nullopt;
    const Area& area = group->area;
    const float top = area.y + scene.title_height_px;
    if (y < top) return Spot{others, {}, {}, tab_after(scene.tabs, others, x)};
    const float across = (x - area.x) / area.width, down = (y - top) / (area.bottom() - top);
    const NearestSide edge = nearest_side(across, 1.0f - across, down, 1.0f - down);
    if (edge.distance < kEdge) {
        const float half = is_across(edge.side) ? 0.5f * area.width / space.width
                                                : 0.5f * area.height / space.height;
        return Spot{others, edge.side, {half}, {}};
    }
    if (others.size() < group->panels.size()) return std::nullopt;  // it is here
    return Spot{others, {}, {}, {}};
}

}  // namespace elbow::gui
