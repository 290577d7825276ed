// The selected held-out image at its place, with its q(z|x) and the best q(z) of it.

#include <cmath>

#include "app/gui/map/layer.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/refined.h"

namespace elbow::gui {

namespace {

using charts::Painter;
using charts::Pixel;

constexpr std::size_t kEllipseCorners = 96;

// A Gaussian's part in the plane.
struct Spread {
    PlanePoint centre;  // of the map
    PlanePoint mean;    // the two latents
    double x_deviation, y_deviation;
};

// With one latent the point stays on its row.
Spread spread_of(const MapScene& scene, std::span<const float> mean,
                 std::span<const float> deviations, double row) {
    const auto deviation = [&](int axis) {
        return double{deviations[static_cast<std::size_t>(axis)]};
    };
    const PlanePoint at = projected(scene.view_state, mean);
    const auto value = [&](int axis) { return double{mean[static_cast<std::size_t>(axis)]}; };
    const int x = scene.view_state.x_axis, y = scene.view_state.y_axis;
    if (!scene.has_plane()) return {{at.x, row}, {at.x, row}, deviation(x), 0.0};
    return {at, {value(x), value(y)}, deviation(x), deviation(y)};
}

// With one latent: a bracket on the point's row.
void draw_bracket(Pixel at, float reach, float tall, float width, const charts::Ink& colour,
                  Painter& painter) {
    const float left = at.x - reach, right = at.x + reach;
    painter.line({left, at.y}, {right, at.y}, width, colour);
    for (const float x : {left, right})
        painter.line({x, at.y - tall}, {x, at.y + tall}, width, colour);
}

// At one and two standard deviations. `weight`: 1 for the lines of q(z|x).
void draw_spread(const MapScene& scene, const Spread& spread, ImU32 colour, float weight,
                 Painter& painter) {
    const Pixel at = scene.pixel(spread.centre);
    const double units = scene.view.pixels_per_unit();
    for (int sigmas = 1; sigmas <= 2; ++sigmas) {
        const auto rx = static_cast<float>(sigmas * spread.x_deviation * units);
        const float width = (sigmas == 1 ? 2.0f : 1.2f) * weight * scene.scale;
        if (!scene.has_plane()) {
            const float tall = (sigmas == 1 ? 8.0f : 5.0f) * scene.scale;
            draw_bracket(at, rx, tall, width, ink(colour), painter);
            continue;
        }
        const auto ellipse = pixels_of(
            scene, ellipse_on_map(scene.view_state, spread.mean, sigmas * spread.x_deviation,
                                  sigmas * spread.y_deviation, kEllipseCorners));
        painter.outline(ellipse, width + 2 * scene.scale, ink(scene.theme.map_background, 0.7));
        painter.outline(ellipse, width, ink(colour));
    }
}

// Draws from a posterior of any shape.
void draw_cloud(const MapScene& scene, std::span<const float> cloud, double row, Painter& painter) {
    const std::size_t latents = scene.view_state.anchor.size();
    for (std::size_t at = 0; at + latents <= cloud.size(); at += latents) {
        PlanePoint place = projected(scene.view_state, cloud.subspan(at, latents));
        if (!scene.has_plane()) place.y = row;
        if (!std::isfinite(place.x) || !std::isfinite(place.y)) continue;
        painter.disc(scene.pixel(place), 2.4f * scene.scale, ink(scene.theme.map_background, 0.7));
        painter.disc(scene.pixel(place), 1.5f * scene.scale, ink(scene.theme.text, 0.8));
    }
}

// What is known of the selected image; null where it is not yet.
struct Known {
    std::shared_ptr<const live::PointView> point;
    std::shared_ptr<const live::RefinedView> refined;
};

Known known_of(const MapScene& scene) {
    const std::optional<int>& image = scene.view_state.point;
    const std::size_t latents = scene.view_state.anchor.size();
    Known known{scene.answer<live::PointView>(), scene.answer<live::RefinedView>()};
    if (known.point &&
        (known.point->detail.index != image || known.point->detail.mean.size() != latents))
        known.point.reset();
    if (known.refined &&
        (known.refined->point.index != image || known.refined->point.mean.size() != latents))
        known.refined.reset();
    return known;
}

class SelectedLayer final : public MapLayer {
  public:
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        if (scene.view_state.point) request.ask(live::PointQuery{*scene.view_state.point});
    }
    void draw(const MapScene&, Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
};

void SelectedLayer::draw(const MapScene& scene, Painter& painter) const {
    const std::optional<int>& point = scene.view_state.point;
    if (!point || *point < 0 || *point >= scene.points.count()) return;
    PlanePoint centre = scene.points.at(*point);
    const Known known = known_of(scene);
    if (known.point) {
        const explore::PointDetail& q = known.point->detail;
        const Spread spread = spread_of(scene, q.mean, q.deviation, centre.y);
        if (!std::isfinite(spread.centre.x) || !std::isfinite(spread.centre.y)) return;
        if (scene.spread_known) {
            if (known.refined) {
                const explore::RefinedPoint& best = known.refined->point;
                draw_spread(scene, spread_of(scene, best.mean, best.deviation, centre.y),
                            scene.theme.accent, 0.6f, painter);
            }
            if (q.cloud.empty())
                draw_spread(scene, spread, scene.theme.text, 1.0f, painter);
            else
                draw_cloud(scene, q.cloud, centre.y, painter);
        }
        centre = spread.centre;
    }
    const Pixel at = scene.pixel(centre);
    painter.disc(at, 6.5f * scene.scale, ink(scene.theme.text));
    painter.disc(at, 4.5f * scene.scale, ink(label_colour(scene, *point)));
}

void SelectedLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    if (!context.layout.enabled() || !scene.spread_known) return;
    const Known known = known_of(scene);
    if (!known.point) return;
    const explore::PointDetail& q = known.point->detail;
    const charts::Pixel at = scene.pixel(q.mean);
    context.layout.mark(
        "map.posterior", {at.x, at.y}, {at.x, at.y},
        q.cloud.empty() ? "ellipses" : std::to_string(q.cloud.size() / q.mean.size()) + " draws");
}

}  // namespace

std::unique_ptr<MapLayer> make_selected_layer() { return std::make_unique<SelectedLayer>(); }

}  // namespace elbow::gui
