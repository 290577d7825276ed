// The lines of the grid. In a picture they lie under the points; on the screen, where these are in
// one texture with all that lies under them, over it.

#include <cmath>

#include "app/charts/raster_painter.h"
#include "app/gui/map/layer.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

void draw_grid(const MapScene& scene, charts::Painter& painter) {
    const charts::Pixel low = scene.low(), high = scene.high();
    const auto colour = [&](const AxisTick& tick) {
        return ink(std::abs(tick.at) < 1e-9 ? scene.theme.axis_line : scene.theme.grid_line);
    };
    for (const AxisTick& x : ticks_across(scene.view, scene.words, scene.scale)) {
        const float at = std::round(scene.pixel({x.at, 0}).x);
        painter.rule({at, low.y}, {at, high.y}, colour(x));
    }
    if (scene.words.has_rows) return;
    for (const AxisTick& y : ticks_up(scene.view, scene.words, scene.scale)) {
        const float at = std::round(scene.pixel({0, y.at}).y);
        if (at >= low.y && at <= high.y) painter.rule({low.x, at}, {high.x, at}, colour(y));
    }
}

class GridLayer final : public MapLayer {
  public:
    // Lines over decoded images only hide them; the ticks remain.
    bool shown(const MapScene& scene) const override {
        return scene.backdrop != Backdrop::kManifold;
    }
    void paint(const MapScene& scene, charts::Raster& raster) const override {
        const charts::Lettering letters(scene.scale);  // nothing is written
        charts::RasterPainter painter(raster, letters, scene.scale);
        draw_grid(scene, painter);
    }
    void draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const override {
        draw_grid(scene, painter);
    }
    void draw(const MapScene& scene, charts::Painter& painter) const override {
        if (!scene.in_picture) draw_grid(scene, painter);
    }
};

}  // namespace

std::unique_ptr<MapLayer> make_grid_layer() { return std::make_unique<GridLayer>(); }

}  // namespace elbow::gui
