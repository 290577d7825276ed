// Posteriors at their true size: the ellipse of q(z|x) at one standard deviation, of a fair sample
// of the held-out images.

#include "app/gui/map/ellipses.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "app/gl/map_renderers.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/widgets/controls.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kEllipseLinePx = 1.2f, kLeastRadiusPx = 1.5f;
constexpr float kEllipseFill = 0.08f, kEllipseStrength = 0.6f;

gl::EllipseStyle ellipse_style(const MapScene& scene, float scale) {
    gl::EllipseStyle style{};
    const bool labelled = !scene.points.labels.empty();
    for (std::size_t label = 0; label < style.colours.size(); ++label) {
        style.colours[label] =
            rgba(labelled ? scene.theme.labels[label] : scene.theme.unlabelled, kEllipseStrength);
    }
    style.line_px = kEllipseLinePx * scale;
    style.least_px = kLeastRadiusPx * scale;
    style.fill = kEllipseFill;
    return style;
}

// As ellipses.frag draws it. `at`: the middle, pixels.
void paint_ellipse(charts::Raster& raster, const MapScene& scene, ImVec2 at, ImVec2 radii,
                   const gl::EllipseStyle& style, const gl::Rgba& colour) {
    const charts::Rgb rgb = rgba_ink(colour).rgb;
    const ImVec2 low = scene.view.min_px(), high = scene.view.max_px();
    const auto from = [](float lowest, float middle, float radius) {
        return static_cast<int>(std::max(lowest, std::floor(middle - radius - 2.0f)));
    };
    const auto to = [](float highest, float middle, float radius) {
        return static_cast<int>(std::min(highest, std::ceil(middle + radius + 2.0f)));
    };
    for (int y = from(low.y, at.y, radii.y); y < to(high.y, at.y, radii.y); ++y) {
        for (int x = from(low.x, at.x, radii.x); x < to(high.x, at.x, radii.x); ++x) {
            const double across = (x + 0.5 - at.x) / radii.x, down = (y + 0.5 - at.y) / radii.y;
            const double radius = std::hypot(across, down);
            const double slope = std::max(std::hypot(across / radii.x, down / radii.y), 1e-6);
            const double away = (radius - 1.0) * radius / slope;
            const double half = 0.5 * style.line_px;
            const double line = 1.0 - smooth_step(half - 0.5, half + 0.5, std::abs(away));
            const double cover = std::max(line, away < 0.0 ? double{style.fill} : 0.0);
            if (cover > 0.0) raster.blend(x, y, rgb, colour.a * cover);
        }
    }
}

class EllipsesLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "ellipses",
            "q(z|x)",
            "Posteriors at their true size (Q): the ellipse of q(z|x) at one standard deviation "
            "along each axis, of a fair sample of the held-out images, which stays the same while "
            "the model learns. Zoom in to see more of them.",
            Key::kQ,
            "Q",
            "Posteriors of a sample of the images at their true size",
            false};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        return run::has_bound(context.trainer->config) ? "" : "This estimator trains no variances.";
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && scene.spread_known && scene.map != nullptr;
    }
    GroundChange change(const MapScene& scene) const override {
        if (hidden_labels_ != scene.view_state.hidden_labels) return GroundChange::kOther;
        return version_ == scene.points_version ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_shapes(const MapScene&, charts::SvgPainter&) const override;
    void draw_on_screen(Context& context, const MapScene&, ImDrawList*) override {
        context.layout.mark("map.ellipses", std::to_string(drawn_));
    }

  private:
    // Calls visit(middle, radii, colour) for each, pixels.
    template <class Visit>
    static void for_each(const MapScene&, const gl::EllipseStyle&, const Visit&);
    static Ellipses in_view(const MapScene& scene) {
        return ellipses_in(scene.seen_view(), scene.view, scene.map->map, *scene.map->order,
                           scene.points, scene.view_state, scene.scale);
    }
    std::unique_ptr<gl::EllipseRenderer> renderer_;  // made when it is first drawn
    // As they were drawn last.
    std::uint64_t version_ = 0;
    std::uint32_t hidden_labels_ = 0;
    int drawn_ = 0;
};

void EllipsesLayer::render(const MapScene& scene, float scale) {
    if (!renderer_) renderer_ = std::make_unique<gl::EllipseRenderer>();
    const Ellipses ellipses = in_view(scene);
    renderer_->upload(ellipses.shapes, ellipses.labels);
    draw_ellipses(*renderer_, scene.view, scale / scene.scale, ellipse_style(scene, scale));
    version_ = scene.points_version;
    hidden_labels_ = scene.view_state.hidden_labels;
    drawn_ = ellipses.in_view;
}

template <class Visit>
void EllipsesLayer::for_each(const MapScene& scene, const gl::EllipseStyle& style,
                             const Visit& visit) {
    const Ellipses ellipses = in_view(scene);
    const auto radius = [&](float units) {
        return std::max(units * static_cast<float>(scene.view.pixels_per_unit()), style.least_px);
    };
    for (std::size_t i = 0; i < ellipses.labels.size(); ++i) {
        const float* shape = &ellipses.shapes[4 * i];
        visit(scene.view.to_pixel({shape[0], shape[1]}), ImVec2(radius(shape[2]), radius(shape[3])),
              style.colours[ellipses.labels[i] % style.colours.size()]);
    }
}

void EllipsesLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    const gl::EllipseStyle style = ellipse_style(scene, scene.scale);
    for_each(scene, style, [&](ImVec2 at, ImVec2 radii, const gl::Rgba& colour) {
        paint_ellipse(raster, scene, at, radii, style, colour);
    });
}

void EllipsesLayer::draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const {
    const gl::EllipseStyle style = ellipse_style(scene, scene.scale);
    for_each(scene, style, [&](ImVec2 at, ImVec2 radii, const gl::Rgba& colour) {
        const charts::Ink line = rgba_ink(colour);
        painter.ellipse({at.x, at.y}, {radii.x, radii.y}, style.line_px, line,
                        {line.rgb, line.alpha * style.fill});
    });
}

}  // namespace

std::unique_ptr<MapLayer> make_ellipses_layer() { return std::make_unique<EllipsesLayer>(); }

}  // namespace elbow::gui
