#include "app/gui/map/map_marks.h"

#include <algorithm>

#include "app/gui/panels/picture.h"

namespace elbow::gui {

ImU32 label_colour(const MapScene& scene, int index) {
    return scene.points.labels.empty() ? scene.theme.unlabelled
                                       : scene.theme.label(scene.points.label(index));
}

std::vector<charts::Pixel> ellipse_corners(charts::Pixel at, double first_radius,
                                           double second_radius, std::size_t corners,
                                           double angle) {
    const double cosine = std::cos(angle), sine = std::sin(angle);
    std::vector<charts::Pixel> around(corners);
    for (std::size_t i = 0; i < corners; ++i) {
        const double turn =
            2.0 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double u = first_radius * std::cos(turn), v = second_radius * std::sin(turn);
        around[i] = {at.x + static_cast<float>(u * cosine - v * sine),
                     at.y - static_cast<float>(u * sine + v * cosine)};
    }
    return around;
}

std::vector<charts::Pixel> pixels_of(const MapScene& scene, const std::vector<PlanePoint>& places) {
    std::vector<charts::Pixel> pixels(places.size());
    std::transform(places.begin(), places.end(), pixels.begin(),
                   [&](PlanePoint place) { return scene.pixel(place); });
    return pixels;
}

void mark_disc(Context& context, const MapScene& scene, const char* name,
               const std::vector<float>& z, float radius) {
    if (!context.layout.enabled()) return;
    const charts::Pixel at = scene.pixel(z);
    const float px = radius * scene.scale;
    context.layout.mark(name, {at.x - px, at.y - px}, {at.x + px, at.y + px},
                        list_text(z, 1000, 4));
}

}  // namespace elbow::gui
