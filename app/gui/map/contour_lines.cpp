#include "app/gui/map/contour_lines.h"

#include <algorithm>
#include <cmath>

#include "app/charts/raster.h"

namespace elbow::gui {

namespace {

constexpr float kLineReachPx = 5.0f;  // of the mouse, scale 1

}  // namespace

std::vector<charts::Pixel> pixels_of(const MapScene& scene, const explore::ContourLine& line) {
    std::vector<charts::Pixel> pixels;
    pixels.reserve(line.size());
    for (const explore::ContourPoint& at : line)
        pixels.push_back(scene.pixel(PlanePoint{at.x, at.y}));
    return pixels;
}

std::string part_text(std::size_t part) {
    return std::to_string(std::lround(100.0 * explore::kGaussianParts[part])) + " %";
}

std::string count_text(LineSets sets) {
    std::size_t lines = 0;
    for (const auto& set : sets) lines += set.size();
    return std::to_string(lines) + " lines";
}

std::optional<std::size_t> lines_under_mouse(const MapScene& scene, LineSets sets) {
    const PlanePoint mouse = scene.view.to_plane(ImGui::GetIO().MousePos);
    const double reach = kLineReachPx * scene.scale / scene.view.pixels_per_unit();
    const auto near = [&](const explore::ContourPoint& a, const explore::ContourPoint& b) {
        return charts::distance_to_segment(mouse.x, mouse.y, a.x, a.y, b.x, b.y) < reach;
    };
    const auto comes_near = [&](const explore::ContourLine& line) {
        return std::adjacent_find(line.begin(), line.end(), near) != line.end();
    };
    for (std::size_t set = 0; set < sets.size(); ++set)
        if (std::any_of(sets[set].begin(), sets[set].end(), comes_near)) return set;
    return std::nullopt;
}

}  // namespace elbow::gui
