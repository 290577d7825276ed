#include "app/gui/map/path_line.h"

#include "app/gui/request_of.h"

namespace elbow::gui {

namespace {

constexpr int kPathPoints = 129;

}  // namespace

std::shared_ptr<const live::PathGeometryView> geometry_of(const MapScene& scene) {
    auto view = scene.answer<live::PathGeometryView>();
    return view && view->geometry.from.size() == scene.view_state.path_from.size() ? view : nullptr;
}

std::vector<charts::Pixel> path_line(const MapScene& scene, explore::PathKind kind) {
    explore::PathRequest path = path_of(scene.view_state);
    path.kind = kind;
    path.even = false;
    const auto known = geometry_of(scene);
    std::vector<charts::Pixel> line;
    line.reserve(kPathPoints);
    for (int i = 0; i < kPathPoints; ++i) {
        line.push_back(scene.pixel(explore::path_point(
            path, static_cast<double>(i) / (kPathPoints - 1), known ? &known->geometry : nullptr)));
    }
    return line;
}

}  // namespace elbow::gui
