// The lines of the grid, under the points.

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/charts/raster_painter.h"
#include "app/gl/fill.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

// From edge to edge of the plot, at whole pixels.
struct GridLine {
    bool upright;
    float at;
    ImU32 colour;
    bool operator==(const GridLine&) const = default;
};

// Where the ticks of what is seen go on from one end of the ground to the other.
std::vector<double> places_between(double low, double high, const std::vector<AxisTick>& seen,
                                   bool unit_square) {
    if (seen.empty()) return {};
    const double origin = seen.front().at;
    if (seen.size() < 2) return {origin};
    const double step = (seen.back().at - origin) / static_cast<double>(seen.size() - 1);
    if (unit_square) {
        low = std::max(low, 0.0);
        high = std::min(high, 1.0);
    }
    constexpr double kRim = 1e-6;  // of a step
    const double first = std::ceil((low - origin) / step - kRim);
    const double last = std::floor((high - origin) / step + kRim);
    const int count = last < first ? 0 : static_cast<int>(last - first) + 1;
    std::vector<double> places(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        places[static_cast<std::size_t>(i)] = origin + (first + i) * step;
    return places;
}

std::vector<GridLine> grid_lines(const MapScene& scene) {
    std::vector<GridLine> lines;
    const PlaneView &ground = scene.view, &seen = scene.seen_view();
    const bool unit_square = scene.words.unit_square;
    const auto colour = [&](double place) {
        return std::abs(place) < 1e-9 ? scene.theme.axis_line : scene.theme.grid_line;
    };
    const auto ticks = ticks_across(seen, scene.words, scene.scale);
    for (const double x : places_between(ground.x_min(), ground.x_max(), ticks, unit_square))
        lines.push_back({true, std::round(scene.pixel({x, 0}).x), colour(x)});
    if (scene.words.has_rows) return lines;
    const auto up = ticks_up(seen, scene.words, scene.scale);
    for (const double y : places_between(ground.y_min(), ground.y_max(), up, unit_square)) {
        const float at = std::round(scene.pixel({0, y}).y);
        if (at >= scene.low().y && at <= scene.high().y) lines.push_back({false, at, colour(y)});
    }
    return lines;
}

void draw_grid(const MapScene& scene, charts::Painter& painter) {
    const charts::Pixel low = scene.low(), high = scene.high();
    for (const GridLine& line : grid_lines(scene)) {
        if (line.upright)
            painter.rule({line.at, low.y}, {line.at, high.y}, ink(line.colour));
        else
            painter.rule({low.x, line.at}, {high.x, line.at}, ink(line.colour));
    }
}

class GridLayer final : public MapLayer {
  public:
    // Lines over decoded images only hide them; the ticks remain.
    bool shown(const MapScene& scene) const override {
        return scene.backdrop != Backdrop::kManifold;
    }
    GroundChange change(const MapScene& scene) const override {
        return grid_lines(scene) == drawn_ ? GroundChange::kNothing : GroundChange::kOther;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene& scene, charts::Raster& raster) const override {
        const charts::Lettering letters(scene.scale);  // nothing is written
        charts::RasterPainter painter(raster, letters, scene.scale);
        draw_grid(scene, painter);
    }
    void draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const override {
        draw_grid(scene, painter);
    }

  private:
    std::vector<GridLine> drawn_;  // last
};

// `scale` is in pixels of the screen, which may be finer than those of the scene.
void GridLayer::render(const MapScene& scene, float scale) {
    drawn_ = grid_lines(scene);
    const float fine = scale / scene.scale;
    const charts::Pixel low = scene.low(), high = scene.high();
    const auto whole = [fine](float length) {
        return static_cast<int>(std::lround(length * fine));
    };
    const int width = whole(high.x - low.x), height = whole(high.y - low.y);
    const int thick = std::max(1, whole(1.0f));
    for (const GridLine& line : drawn_) {
        const gl::Rgba colour = rgba(line.colour);
        if (line.upright)
            gl::fill({whole(line.at - low.x), 0, thick, height}, colour);
        else  // OpenGL's first row is the bottom one
            gl::fill({0, height - whole(line.at - low.y) - thick, width, thick}, colour);
    }
}

}  // namespace

std::unique_ptr<MapLayer> make_grid_layer() { return std::make_unique<GridLayer>(); }

}  // namespace elbow::gui
