// The dot, whose z is decoded under the mouse.

#include <algorithm>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

using charts::Painter;
using charts::Pixel;

std::string dot_text(const ViewState& view_state) {
    std::string text = "The dot: z = (" + list_text(view_state.cursor, 4) +
                       "). Drag it; its image is on the right.";
    const double off = off_plane(view_state, view_state.cursor);
    if (off > 1e-3)
        text += " Hollow: it lies " + fixed(off, 2) + " off the plane that the map shows.";
    return text;
}

// "drag the dot": beside the dot, where it lies over no point of the path; nowhere where there is
// no such place.
void draw_dot_hint(const Context& context, const MapScene& scene, ImDrawList* list) {
    const char* hint = "drag the dot";
    const ViewState& view_state = scene.view_state;
    const Pixel dot = scene.pixel(view_state.cursor);
    ImGui::PushFont(context.theme.fonts.title);
    const ImVec2 size = ImGui::CalcTextSize(hint);
    const float radius = (scene.over.dot_hot ? 1.2f : 1.0f) * kDotRadiusPx * scene.scale;
    const float off = radius + 7.0f * scene.scale;
    const float held = (kHandleRadiusPx + 14.0f) * scene.scale;  // with some room between
    const auto covers = [&](ImVec2 place, const std::vector<float>& z) {
        const Pixel at = scene.pixel(z);
        return view_state.path_shown && at.x + held > place.x && at.x - held < place.x + size.x &&
               at.y + held > place.y && at.y - held < place.y + size.y;
    };
    const auto covers_path = [&](ImVec2 place) {
        const auto points = path_waypoints(view_state);
        return std::any_of(points.begin(), points.end(),
                           [&](const std::vector<float>& z) { return covers(place, z); });
    };
    const Pixel low = scene.low(), high = scene.high();
    for (const ImVec2 place : {ImVec2{dot.x + off, dot.y - 0.5f * size.y},
                               ImVec2{dot.x - off - size.x, dot.y - 0.5f * size.y},
                               ImVec2{dot.x - 0.5f * size.x, dot.y - off - size.y},
                               ImVec2{dot.x - 0.5f * size.x, dot.y + off}}) {
        if (place.x < low.x || place.x + size.x > high.x || place.y < low.y ||
            place.y + size.y > high.y || covers_path(place))
            continue;
        halo_text(list, place, context.theme.text, context.theme.map_background, hint);
        break;
    }
    ImGui::PopFont();
}

class DotLayer final : public MapLayer {
  public:
    void hold(const ViewState& view_state, std::vector<PlanePoint>& places) const override {
        places.push_back(projected(view_state, view_state.cursor));
    }
    void draw(const MapScene&, Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;
};

void DotLayer::draw(const MapScene& scene, Painter& painter) const {
    const Theme& theme = scene.theme;
    const ViewState& view_state = scene.view_state;
    const float scale = scene.scale;
    const Pixel at = scene.pixel(view_state.cursor);
    if (!scene.has_plane())
        painter.line({at.x, scene.low().y}, {at.x, scene.high().y}, 1.5f * scale,
                     ink(theme.cursor, 0.7));
    const float radius = (scene.over.dot_hot ? 1.2f : 1.0f) * kDotRadiusPx * scale;
    painter.disc(at, radius + 2.5f * scale, ink(theme.map_background));
    if (off_plane(view_state, view_state.cursor) > 1e-3) {  // not on the plane that is shown
        painter.circle(at, radius, 3 * scale, ink(theme.cursor));
    } else {
        painter.disc(at, radius, ink(theme.cursor));
    }
}

void DotLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) {
    mark_disc(context, scene, "map.dot", scene.view_state.cursor, kDotRadiusPx);
    if (!context.settings.hint_seen && scene.view_state.dot_follows)
        draw_dot_hint(context, scene, list);
}

bool DotLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    if (!scene.over.dot_hot) return false;
    tip(context, dot_text(scene.view_state).c_str());
    return true;
}

}  // namespace

std::unique_ptr<MapLayer> make_dot_layer() { return std::make_unique<DotLayer>(); }

}  // namespace elbow::gui
