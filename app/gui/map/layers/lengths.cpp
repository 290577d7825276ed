// The paths from A to B beside each other, straight, spherical, smooth and geodesic, and how long
// each is in the space of images.

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/map/path_line.h"
#include "app/gui/panels/picture.h"
#include "app/gui/request_of.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/path_geometry.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kOtherLinePx = 1.6f, kLengthRowPx = 20.0f, kLengthBesidePx = 8.0f;

// The strongest is the path that was chosen, which the path's own layer draws.
charts::Ink kind_ink(const Theme& theme, explore::PathKind kind, explore::PathKind chosen) {
    const ImU32 others[explore::kPathKinds] = {theme.accent, theme.warning, theme.good,
                                               theme.true_posterior};
    return ink(kind == chosen ? theme.path : others[static_cast<std::size_t>(kind)]);
}

// Without waypoints a smooth path is the straight one.
std::vector<explore::PathKind> kinds_beside(const explore::PathGeometry& geometry) {
    std::vector<explore::PathKind> kinds;
    for (std::size_t i = 0; i < explore::kPathKinds; ++i) {
        const auto kind = static_cast<explore::PathKind>(i);
        if (kind != explore::PathKind::kSmooth || geometry.legs.size() > 1) kinds.push_back(kind);
    }
    return kinds;
}

std::string length_text(const explore::PathGeometry& geometry, explore::PathKind kind) {
    return fixed(geometry.length(kind), 2);
}

// A heading and a row a kind, at scale 1.
float rows_tall(std::size_t legs) { return (legs > 1 ? 5.5f : 4.5f) * kLengthRowPx; }

void draw_lengths(charts::Pixel at, const explore::PathGeometry& geometry, explore::PathKind chosen,
                  const Theme& theme, float scale, charts::Painter& painter) {
    const float row = kLengthRowPx * scale;
    float top = at.y + 0.25f * row;
    painter.text({at.x, std::round(top + 0.5f * (row - painter.line_height()))}, "A to B",
                 ink(theme.text_dim));
    for (const explore::PathKind kind : kinds_beside(geometry)) {
        const std::string length = length_text(geometry, kind);
        top += row;
        draw_line_row({length.c_str(), kind_ink(theme, kind, chosen)}, theme, {at.x, top}, row,
                      scale, painter);
    }
}

class LengthsLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "lengths",
            "Lengths",
            "The ways from A to B (W): the straight path, the spherical one, with waypoints the "
            "smooth one, and the geodesic, along which the decoded image changes least; and how "
            "long each is in the space of images.",
            Key::kW,
            "W",
            "The ways from A to B, and how long they are",
            false};
        return &kToggle;
    }
    bool shown(const MapScene& scene) const override {
        return on(scene) && scene.view_state.path_shown && geometry_of(scene) != nullptr;
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        if (scene.view_state.path_shown) request.ask(geometry_query(scene.view_state));
    }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    float legend_width(const Context& context) const override {
        return has_legend(context) ? ImGui::CalcTextSize("000.00").x + kLineTextPx * context.scale
                                   : 0.0f;
    }
    float legend_height(const Context& context) const override {
        return has_legend(context)
                   ? rows_tall(explore::leg_count(path_of(context.view_state))) * context.scale
                   : 0.0f;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return on(scene) && scene.view_state.path_shown ? 9 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    bool has_legend(const Context& context) const {
        return on(context) && context.has_run() && context.view_state.path_shown;
    }
};

void LengthsLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const explore::PathKind chosen = scene.view_state.path_kind;
    for (const explore::PathKind kind : kinds_beside(geometry_of(scene)->geometry)) {
        if (kind == chosen) continue;
        const std::vector<charts::Pixel> line = path_line(scene, kind);
        painter.polyline(line, (kOtherLinePx + 2.0f) * scene.scale,
                         ink(scene.theme.map_background, 0.6));
        painter.polyline(line, kOtherLinePx * scene.scale, kind_ink(scene.theme, kind, chosen));
    }
}

void LengthsLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    const explore::PathGeometry& geometry = geometry_of(scene)->geometry;
    std::string words;
    for (const explore::PathKind kind : kinds_beside(geometry))
        words += (words.empty() ? "" : ", ") + length_text(geometry, kind);
    context.layout.mark("map.lengths", words);
}

void LengthsLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_legend(context)) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    take_legend_room(legend_height(context));
    context.layout.mark("map.legend.lengths");
    const auto view = geometry_of(context.view_state, &context.views);
    std::string help =
        "How far the decoded image changes on its way from A to B: the sum of the distances from "
        "one image to the next, each the root of the sum of the pixels' squared differences, with "
        "pixels from 0 to 1.";
    if (view) {
        static constexpr const char* kNames[explore::kPathKinds] = {"Straight", "spherical",
                                                                    "smooth", "geodesic"};
        std::string lengths;
        for (const explore::PathKind kind : kinds_beside(view->geometry))
            lengths += (lengths.empty() ? " " : ", ") +
                       std::string(kNames[static_cast<std::size_t>(kind)]) + ' ' +
                       length_text(view->geometry, kind);
        help += lengths + ": the geodesic is the shortest that was found.";
    }
    hover(context, help.c_str());
    if (!view) return;
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_lengths({at.x, at.y}, view->geometry, context.view_state.path_kind, context.theme,
                 context.scale, painter);
}

void LengthsLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene)) return;
    const float rows = rows_tall(geometry_of(scene)->geometry.legs.size()) * scene.scale;
    const LegendRoom room = room_below_labels(scene);
    if (room.tall < rows) return;  // the labels take all there is
    draw_lengths({scene.high().x + kLengthBesidePx * scene.scale, room.top},
                 geometry_of(scene)->geometry, scene.view_state.path_kind, scene.theme, scene.scale,
                 painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_lengths_layer() { return std::make_unique<LengthsLayer>(); }

}  // namespace elbow::gui
