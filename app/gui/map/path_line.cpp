#include "app/gui/map/path_line.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "app/gui/request_of.h"

namespace elbow::gui {

namespace {

constexpr int kStepsOfALine = 128, kFewestSteps = 24;  // of a leg

struct PathCodes {
    std::vector<float> z;  // [points, N]
    std::size_t latents, steps;
    std::size_t count() const { return z.size() / latents; }
    std::span<const float> at(std::size_t point) const {
        return std::span(z).subspan(point * latents, latents);
    }
};

// As it is drawn, every waypoint included.
PathCodes path_codes(const ViewState& view_state, const live::Views* views,
                     explore::PathKind kind) {
    explore::PathRequest path = path_of(view_state);
    path.kind = kind;
    path.even = false;
    const auto known = geometry_of(view_state, views);
    const auto legs = static_cast<int>(explore::leg_count(path));
    const int steps = std::max(kStepsOfALine / legs, kFewestSteps);
    return {explore::path_polyline(path, steps, known ? &known->geometry : nullptr),
            path.from.size(), static_cast<std::size_t>(steps)};
}

}  // namespace

std::shared_ptr<const live::PathGeometryView> geometry_of(const ViewState& view_state,
                                                          const live::Views* views) {
    auto view = views != nullptr ? views->get<live::PathGeometryView>() : nullptr;
    if (!view) return nullptr;
    const std::vector<explore::LegGeometry>& legs = view->geometry.legs;
    const bool fits = legs.size() == explore::leg_count(path_of(view_state)) &&
                      legs.front().from.size() == view_state.path_from.size();
    return fits ? view : nullptr;
}

std::shared_ptr<const live::PathGeometryView> geometry_of(const MapScene& scene) {
    return geometry_of(scene.view_state, scene.views);
}

std::vector<charts::Pixel> path_line(const MapScene& scene, explore::PathKind kind) {
    const PathCodes codes = path_codes(scene.view_state, scene.views, kind);
    std::vector<charts::Pixel> line;
    line.reserve(codes.count());
    for (std::size_t i = 0; i < codes.count(); ++i) line.push_back(scene.pixel(codes.at(i)));
    return line;
}

std::optional<OnPath> path_under(const ViewState& view_state, const live::Views* views,
                                 const PlaneView& view, ImVec2 pixel, double reach_px) {
    const PathCodes codes = path_codes(view_state, views, view_state.path_kind);
    std::optional<OnPath> found;
    double nearest = reach_px;
    const auto place = [&](std::size_t i) {
        return view.to_pixel(projected(view_state, codes.at(i)));
    };
    ImVec2 before = place(0);
    for (std::size_t i = 1; i < codes.count(); ++i) {
        const ImVec2 after = place(i);
        const double x = after.x - before.x, y = after.y - before.y, squared = x * x + y * y;
        const double along =
            squared > 0.0
                ? std::clamp(((pixel.x - before.x) * x + (pixel.y - before.y) * y) / squared, 0.0,
                             1.0)
                : 0.0;
        const double away =
            std::hypot(pixel.x - before.x - along * x, pixel.y - before.y - along * y);
        before = after;
        if (away > nearest) continue;
        nearest = away;
        found = OnPath{(i - 1) / codes.steps, {}, {}};
        for (std::size_t n = 0; n < codes.latents; ++n) {
            const float from = codes.at(i - 1)[n], to = codes.at(i)[n];
            found->z.push_back(from + static_cast<float>(along) * (to - from));
        }
        found->at = projected(view_state, found->z);
    }
    return found;
}

}  // namespace elbow::gui
