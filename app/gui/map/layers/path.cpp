// The path from A to B, and its two handles.

#include <cmath>
#include <vector>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/map/path_line.h"
#include "app/gui/panels/picture.h"
#include "app/gui/request_of.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/explore/interpolation.h"

namespace elbow::gui {

namespace {

using charts::Painter;
using charts::Pixel;

void draw_path_line(const MapScene& scene, Painter& painter) {
    const explore::PathRequest path = path_of(scene.view_state);
    const Theme& theme = scene.theme;
    const std::vector<Pixel> line = path_line(scene, path.kind);
    const float scale = scene.scale;
    painter.polyline(line, 5 * scale, ink(theme.map_background, 0.75));
    painter.polyline(line, 2 * scale, ink(theme.path));
    // Where the frames of the strip are taken.
    const auto known = geometry_of(scene);
    for (int frame = 1; frame + 1 < path.frames; ++frame) {
        const Pixel stop =
            scene.pixel(explore::path_point(path, static_cast<double>(frame) / (path.frames - 1),
                                            known ? &known->geometry : nullptr));
        painter.disc(stop, 3.5f * scale, ink(theme.map_background));
        painter.disc(stop, 2.5f * scale, ink(theme.path));
    }
}

void draw_handle(const MapScene& scene, const std::vector<float>& z, const char* name, ImU32 colour,
                 bool hot, Painter& painter) {
    const Pixel at = scene.pixel(z);
    const float radius = (hot ? 1.2f : 1.0f) * kHandleRadiusPx * scene.scale;
    // Both handle colours are bright or dark with the theme: the ground's colour reads on either.
    const charts::Ink ground = ink(scene.theme.map_background);
    painter.disc(at, radius + 2 * scene.scale, ground);
    painter.disc(at, radius, ink(colour));
    painter.text({std::round(at.x - 0.5f * painter.text_width(name)),
                  std::round(at.y - 0.5f * painter.line_height())},
                 name, ground);
}

class PathLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "path", "Path",
            "The path from A to B, whose decoded images are in the strip below, and its two "
            "handles."};
        return &kToggle;
    }
    bool on(const Context& context) const override { return context.view_state.path_shown; }
    void turn(Context& context, bool on) const override { context.view_state.path_shown = on; }
    bool on(const MapScene& scene) const override { return scene.view_state.path_shown; }
    void hold(const ViewState& view_state, std::vector<PlanePoint>& places) const override {
        places.push_back(projected(view_state, view_state.path_from));
        places.push_back(projected(view_state, view_state.path_to));
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        if (path_of(scene.view_state).needs_geometry())
            request.ask(geometry_query(scene.view_state));
    }
    void draw(const MapScene&, Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;
};

void PathLayer::draw(const MapScene& scene, Painter& painter) const {
    const ViewState& view_state = scene.view_state;
    draw_path_line(scene, painter);
    draw_handle(scene, view_state.path_to, "B", scene.theme.handle_b, scene.over.b_hot, painter);
    draw_handle(scene, view_state.path_from, "A", scene.theme.handle_a, scene.over.a_hot, painter);
}

void PathLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    mark_disc(context, scene, "map.handle_a", scene.view_state.path_from, kHandleRadiusPx);
    mark_disc(context, scene, "map.handle_b", scene.view_state.path_to, kHandleRadiusPx);
}

bool PathLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    if (!scene.over.a_hot && !scene.over.b_hot) return false;
    const bool a = scene.over.a_hot;
    const std::string what =
        a ? "A, where the path begins: z = (" : "B, where the path ends: z = (";
    const std::vector<float>& z = a ? scene.view_state.path_from : scene.view_state.path_to;
    tip(context, (what + list_text(z, 4) + "). Drag it; it snaps to points.").c_str());
    return true;
}

}  // namespace

std::unique_ptr<MapLayer> make_path_layer() { return std::make_unique<PathLayer>(); }

}  // namespace elbow::gui
