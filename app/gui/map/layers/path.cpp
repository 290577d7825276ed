// The path from A to B, and its points: the two ends and the waypoints between.

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/map/path_line.h"
#include "app/gui/panels/picture.h"
#include "app/gui/request_of.h"
#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"
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
    const std::vector<float> z = explore::path_latents(path, known ? &known->geometry : nullptr);
    const std::size_t latents = path.from.size();
    for (int frame = 1; frame + 1 < path.frames; ++frame) {
        const Pixel stop =
            scene.pixel(std::span(z).subspan(static_cast<std::size_t>(frame) * latents, latents));
        painter.disc(stop, 3.5f * scale, ink(theme.map_background));
        painter.disc(stop, 2.5f * scale, ink(theme.path));
    }
}

// A ring: a waypoint could be put there.
void draw_insertion(const MapScene& scene, Painter& painter) {
    if (!scene.over.insertion) return;
    const Pixel at = scene.pixel(*scene.over.insertion);
    painter.circle(at, kWaypointRadiusPx * scene.scale, 4 * scene.scale,
                   ink(scene.theme.map_background));
    painter.circle(at, kWaypointRadiusPx * scene.scale, 2 * scene.scale, ink(scene.theme.path));
}

void draw_stroke(const MapScene& scene, Painter& painter) {
    if (scene.over.stroke.size() < 2) return;
    std::vector<Pixel> line;
    for (const PlanePoint& place : scene.over.stroke) line.push_back(scene.pixel(place));
    painter.polyline(line, 4 * scene.scale, ink(scene.theme.map_background, 0.75));
    painter.polyline(line, 2 * scene.scale, ink(scene.theme.accent));
}

void draw_waypoint(const MapScene& scene, std::size_t number, Painter& painter) {
    const std::string name = waypoint_name(scene.view_state, number);
    const bool a = name == "A", end = a || name == "B", hot = scene.over.waypoint == number;
    const Theme& theme = scene.theme;
    const ImU32 colour = a ? theme.handle_a : end ? theme.handle_b : theme.path;
    const Pixel at = scene.pixel(waypoint_at(scene.view_state, number));
    const float least = end ? kHandleRadiusPx : kWaypointRadiusPx;
    const float radius = (hot ? 1.2f : 1.0f) * least * scene.scale;
    // These colours are bright or dark with the theme: the ground's colour reads on all of them.
    const charts::Ink ground = ink(theme.map_background);
    painter.disc(at, radius + 2 * scene.scale, ground);
    painter.disc(at, radius, ink(colour));
    painter.text({std::round(at.x - 0.5f * painter.text_width(name)),
                  std::round(at.y - 0.5f * painter.line_height())},
                 name, ground);
}

// While waypoints are placed, in the lower left corner.
void draw_placing_hint(const Context& context, const MapScene& scene, ImDrawList* list) {
    constexpr const char* kHint =
        "Waypoints: click to lead the path on, press its line to bend it, or draw a new one. "
        "Esc ends.";
    const float gap = 8.0f * scene.scale;
    const float width = scene.high().x - scene.low().x - 2.0f * gap;
    const ImVec2 size = ImGui::CalcTextSize(kHint, nullptr, false, width);
    const ImVec2 at{scene.low().x + gap, scene.high().y - gap - size.y};
    const float rim = 4.0f * scene.scale;
    list->AddRectFilled({at.x - rim, at.y - rim}, {at.x + size.x + rim, at.y + size.y + rim},
                        with_alpha(context.theme.map_background, 0.85f), rim);
    list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), at, context.theme.accent, kHint, nullptr,
                  width);
}

class PathLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "path", "Path",
            "The path from A to B, whose decoded images are in the strip below, and its points. "
            "V leads it through more of them."};
        return &kToggle;
    }
    bool on(const Context& context) const override { return context.view_state.path_shown; }
    void turn(Context& context, bool on) const override { context.view_state.path_shown = on; }
    bool on(const MapScene& scene) const override { return scene.view_state.path_shown; }
    void hold(const ViewState& view_state, std::vector<PlanePoint>& places) const override {
        for (const std::vector<float>& z : path_waypoints(view_state))
            places.push_back(projected(view_state, z));
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
    draw_path_line(scene, painter);
    draw_insertion(scene, painter);
    for (std::size_t i = waypoint_count(scene.view_state); i-- > 0;)
        draw_waypoint(scene, i, painter);
    draw_stroke(scene, painter);
}

void PathLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) {
    const ViewState& view_state = scene.view_state;
    mark_disc(context, scene, "map.handle_a", view_state.path_from, kHandleRadiusPx);
    mark_disc(context, scene, "map.handle_b", view_state.path_to, kHandleRadiusPx);
    for (std::size_t i = 0; i < view_state.path_through.size(); ++i)
        mark_disc(context, scene, ("map.waypoint_" + std::to_string(i + 1)).c_str(),
                  view_state.path_through[i], kWaypointRadiusPx);
    if (context.settings.placing_waypoints && context.in_hand)
        draw_placing_hint(context, scene, list);
}

bool PathLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const ViewState& view_state = scene.view_state;
    if (scene.over.insertion) {
        tip(context, "The path. Press here for one more waypoint, and drag it where you like.");
        return true;
    }
    if (!scene.over.waypoint) return false;
    const std::size_t number = *scene.over.waypoint;
    const std::string name = waypoint_name(view_state, number);
    const std::string what = name == "A"   ? "A, where the path begins"
                             : name == "B" ? "B, where the path ends"
                                           : "Waypoint " + name + " of the path from A to B";
    const std::string removal = view_state.path_through.empty()
                                    ? ""
                                    : " Delete removes it, as its menu does (right click).";
    tip(context, (what + ": z = (" + list_text(waypoint_at(view_state, number), 4) +
                  "). Drag it; it snaps to points." + removal)
                     .c_str());
    return true;
}

}  // namespace

std::unique_ptr<MapLayer> make_path_layer() { return std::make_unique<PathLayer>(); }

}  // namespace elbow::gui
