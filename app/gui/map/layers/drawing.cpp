// Where the encoder puts the drawing: a square, with its q(z|x) at one standard deviation.

#include "engine/live/questions/drawing.h"

#include <cmath>
#include <memory>
#include <span>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/filling.h"

namespace elbow::gui {

namespace {

constexpr float kSquarePx = 6.0f;  // half a side, scale 1
constexpr float kChainPx = 3.5f;   // radius, scale 1
constexpr std::size_t kDrawingCorners = 64;

// Null: there is no drawing, or it is not known yet.
std::shared_ptr<const live::DrawingView> drawing_of(const MapScene& scene) {
    auto view = scene.answer<live::DrawingView>();
    const bool fits = view && !scene.view_state.drawing.empty() &&
                      view->detail.mean.size() == scene.view_state.anchor.size();
    return fits ? view : nullptr;
}

// Where the draws from p(z | what is known) are, while they fill in the drawing.
void draw_chains(const MapScene& scene, charts::Painter& painter) {
    const auto view = scene.answer<live::FillingView>();
    const ViewState& seen = scene.view_state;
    if (!view || view->query.image != seen.drawing || view->query.unknown != seen.unknown) return;
    const std::size_t latents = seen.anchor.size();
    for (std::size_t at = 0; at + latents <= view->filled.z.size(); at += latents) {
        const charts::Pixel pixel =
            scene.pixel(projected(seen, std::span(view->filled.z).subspan(at, latents)));
        if (!std::isfinite(pixel.x) || !std::isfinite(pixel.y)) continue;
        painter.disc(pixel, (kChainPx + 1.5f) * scene.scale, ink(scene.theme.map_background));
        painter.disc(pixel, kChainPx * scene.scale, ink(scene.theme.warning));
    }
}

class DrawingLayer final : public MapLayer {
  public:
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        const ViewState& seen = scene.view_state;
        if (!seen.drawing.empty()) request.ask(live::DrawingQuery{seen.drawing, seen.label});
    }
    bool shown(const MapScene& scene) const override { return drawing_of(scene) != nullptr; }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) override {
        const charts::Pixel at = scene.pixel(drawing_of(scene)->detail.mean);
        context.layout.mark("map.drawing", {at.x, at.y}, {at.x, at.y});
    }
};

void DrawingLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto view = drawing_of(scene);
    const charts::Pixel at = scene.pixel(view->detail.mean);
    if (!std::isfinite(at.x) || !std::isfinite(at.y)) return;
    const ViewState& seen = scene.view_state;
    if (scene.spread_known && scene.has_plane()) {
        const auto of = [](const std::vector<float>& values, int axis) {
            return double{values[static_cast<std::size_t>(axis)]};
        };
        const explore::PointDetail& q = view->detail;
        const auto ellipse = pixels_of(
            scene, ellipse_on_map(seen, {of(q.mean, seen.x_axis), of(q.mean, seen.y_axis)},
                                  of(q.deviation, seen.x_axis), of(q.deviation, seen.y_axis),
                                  kDrawingCorners));
        painter.outline(ellipse, 3.5f * scene.scale, ink(scene.theme.map_background, 0.7));
        painter.outline(ellipse, 1.8f * scene.scale, ink(scene.theme.warning));
    }
    const auto square = [&](float half, const charts::Ink& colour) {
        painter.box({at.x - half, at.y - half}, {at.x + half, at.y + half}, colour);
    };
    square((kSquarePx + 2.0f) * scene.scale, ink(scene.theme.map_background));
    square(kSquarePx * scene.scale, ink(scene.theme.warning));
    draw_chains(scene, painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_drawing_layer() { return std::make_unique<DrawingLayer>(); }

}  // namespace elbow::gui
