#include "app/gui/map/contour_lines.h"

#include <algorithm>
#include <cmath>

#include "app/charts/raster.h"

namespace elbow::gui {

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

bool comes_near(const explore::ContourLine& line, PlanePoint place, double reach) {
    const auto near = [&](const explore::ContourPoint& a, const explore::ContourPoint& b) {
        return charts::distance_to_segment(place.x, place.y, a.x, a.y, b.x, b.y) < reach;
    };
    return std::adjacent_find(line.begin(), line.end(), near) != line.end();
}

}  // namespace elbow::gui
