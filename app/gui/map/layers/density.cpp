// The density of the prior: of N(0, I) in closed form, of any other its lines of equal density, as
// the explorer has found them. With one latent, a curve over the axis.

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gui/map/contour_lines.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/text.h"
#include "engine/live/questions/prior_density.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kCurveStepPx = 3.0f;
constexpr float kLinePx = 1.6f;  // of a line of equal density
constexpr float kDensityRowPx = 20.0f, kLegendHeightPx = 4.5f * kDensityRowPx;
constexpr float kLegendMarkPx = 4.0f, kLegendTextPx = 24.0f;  // from the left
constexpr float kBesidePx = 8.0f;                             // around it

// Of the run's own prior, for the axes that the map has now; null: not known.
std::shared_ptr<const live::PriorDensityView> own_density(const MapScene& scene) {
    auto view = scene.answer<live::PriorDensityView>();
    return scene.own_prior && view && along_axes(scene.view_state, view->density.plane) ? view
                                                                                        : nullptr;
}

// With one latent: relative to its highest value. Null: that of N(0, 1).
double density_at(const explore::PriorDensity* density, double z) {
    if (density == nullptr) return std::exp(-0.5 * z * z);
    const explore::ManifoldRequest& plane = density->plane;
    const std::vector<double>& values = density->nats;
    const double step = (double{plane.x_max} - plane.x_min) / plane.columns;
    const double at =
        std::clamp((z - plane.x_min) / step - 0.5, 0.0, static_cast<double>(values.size() - 1));
    const auto left = static_cast<std::size_t>(at);
    const double part = at - static_cast<double>(left);
    const double right = values[std::min(left + 1, values.size() - 1)];
    const double log_p = (1.0 - part) * values[left] + part * right;
    return std::isfinite(log_p) ? std::exp(log_p - density->highest) : 0.0;
}

void draw_density_curve(const MapScene& scene, const explore::PriorDensity* density,
                        charts::Painter& painter) {
    const charts::Pixel low = scene.low(), high = scene.high();
    const float height = 0.5f * (high.y - low.y);
    const float step = kCurveStepPx * scene.scale;
    const int steps = static_cast<int>(std::ceil((high.x - low.x) / step));
    std::vector<charts::Pixel> curve;
    curve.reserve(static_cast<std::size_t>(steps) + 1);
    for (int i = 0; i <= steps; ++i) {
        const float x = low.x + static_cast<float>(i) * step;
        const double z = scene.view.to_plane({x, 0}).x;
        curve.push_back({x, high.y - height * static_cast<float>(density_at(density, z))});
    }
    painter.area(curve, high.y, ink(scene.theme.accent, 0.18));
    painter.polyline(curve, 1.5f * scene.scale, ink(scene.theme.accent, 0.8));
}

// The outer lines are fainter, as the rings of N(0, I) are.
charts::Ink line_ink(const Theme& theme, std::size_t drop) {
    return ink(theme.text, 0.8 * (1.0 - 0.22 * static_cast<double>(drop)));
}

// "0.5 nats"
std::string drop_text(std::size_t drop) {
    return exact_text(explore::kDensityDrops[drop]) + " nats";
}

std::string drop_legend(std::size_t drop) { return "-" + drop_text(drop); }

void draw_drops(charts::Pixel at, const Theme& theme, float scale, charts::Painter& painter) {
    const float row = kDensityRowPx * scale;
    const auto write = [&](std::size_t number, float x, const std::string& words, ImU32 colour) {
        const float top = at.y + (static_cast<float>(number) + 0.5f) * row;
        painter.text({at.x + x * scale, std::round(top + 0.5f * (row - painter.line_height()))},
                     words, ink(colour));
        return top + 0.5f * row;
    };
    write(0, kLegendMarkPx, "Prior", theme.text_dim);
    for (std::size_t drop = 0; drop < explore::kDensityDrops.size(); ++drop) {
        const float y = write(drop + 1, kLegendTextPx, drop_legend(drop), theme.text);
        painter.line({at.x + kLegendMarkPx * scale, y}, {at.x + (kLegendTextPx - 6.0f) * scale, y},
                     kLinePx * scale, line_ink(theme, drop));
    }
}

class DensityLayer final : public BackdropLayer {
  public:
    DensityLayer() : BackdropLayer(Backdrop::kDensity) {}
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "density",
            "Density",
            "The density of the prior (D). Of N(0, I): rings at 1, 2 and 3 standard deviations. Of "
            "any other prior: lines where log p(z) lies 0.5, 2 and 4.5 nats below its highest "
            "value on the map, which of N(0, I) are the same rings; latents that are not on the "
            "axes are held at the anchor. Takes the place of the manifold.",
            Key::kD,
            "D",
            "Density of the prior behind the points"};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        return run::has_prior(context.trainer->config) ? "" : "This estimator has no prior.";
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && (scene.prior || own_density(scene) != nullptr);
    }
    void ask(const MapScene&, live::ExploreRequest&) override;
    void render(const MapScene& scene, float /*scale*/) override {
        if (!scene.prior || !scene.has_plane()) return;
        if (!renderer_) renderer_ = std::make_unique<gl::DensityRenderer>();
        renderer_->draw(plane_rect(scene.view), rgba(scene.theme.accent, 0.5f),
                        rgba(scene.theme.text, 0.7f));
    }
    void paint(const MapScene&, charts::Raster&) const override;
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;
    float legend_width(const Context&) const override;
    float legend_height(const Context&) const override;
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return on(scene) && scene.own_prior && scene.has_plane() ? 9 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    bool has_lines(const Context& context) const {
        return on(context) && run::has_own_prior(context.trainer->config) && context.latents() > 1;
    }
    std::unique_ptr<gl::DensityRenderer> renderer_;  // made when it is first drawn
};

// As density.frag draws it.
void DensityLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    if (!scene.prior || !scene.has_plane()) return;
    const charts::Ink colour = ink(scene.theme.accent, 0.5), ring = ink(scene.theme.text, 0.7);
    const double units = scene.scale / scene.view.pixels_per_unit();  // of a design pixel
    for_each_pixel(scene.view, [&](int x, int y, PlanePoint place) {
        const double radius = std::hypot(place.x, place.y);
        raster.blend(x, y, colour.rgb, colour.alpha * std::exp(-0.25 * radius * radius));
        double line = 0.0;
        for (int sigma = 1; sigma <= 3; ++sigma) {
            const double away = std::abs(radius - sigma) / units;
            line = std::max(line, (1.0 - smooth_step(0.4, 1.4, away)) * (1.0 - 0.22 * (sigma - 1)));
        }
        if (line > 0.0) raster.blend(x, y, ring.rgb, ring.alpha * line);
    });
}

void DensityLayer::ask(const MapScene& scene, live::ExploreRequest& request) {
    if (!scene.own_prior) return;
    live::PriorDensityQuery query{
        on_plane(scene.view_state, density_cells(scene.view, scene.scale, scene.has_plane()))};
    query.plane.label = 0;  // which decoders alone are told
    request.ask(std::move(query));
}

void DensityLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto own = own_density(scene);
    if (!scene.has_plane())
        return draw_density_curve(scene, own ? &own->density : nullptr, painter);
    if (!own) return;
    for (std::size_t i = 0; i < own->density.lines.size(); ++i) {
        for (const explore::ContourLine& line : own->density.lines[i]) {
            painter.polyline(pixels_of(scene, line), kLinePx * scene.scale,
                             line_ink(scene.theme, i));
        }
    }
}

void DensityLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    const auto own = own_density(scene);
    if (!own) return;
    const charts::Pixel low = scene.low(), high = scene.high();
    context.layout.mark(
        "map.density", {low.x, low.y}, {high.x, high.y},
        count_text(own->density.lines) + ", at most " + fixed(own->density.highest, 3) + " nats");
}

bool DensityLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const UnderMouse& over = scene.over;
    const bool on_a_mark = over.hovered_point || over.dot_hot || over.waypoint;
    const auto own = own_density(scene);
    if (!own || on_a_mark || !scene.has_plane()) return false;
    const auto drop = lines_under_mouse(scene, own->density.lines);
    if (!drop) return false;
    std::string text = "A line of the prior's density: here log p(z) lies " + drop_text(*drop) +
                       " below " + nats(own->density.highest) +
                       " nats, its highest value on the map.";
    if (context.latents() > 2)
        text += " The latents that are not on the axes are held at the anchor.";
    tip(context, text.c_str());
    return true;
}

float DensityLayer::legend_width(const Context& context) const {
    if (!has_lines(context)) return 0.0f;
    float widest = 0.0f;
    for (std::size_t drop = 0; drop < explore::kDensityDrops.size(); ++drop)
        widest = std::max(widest, ImGui::CalcTextSize(drop_legend(drop).c_str()).x);
    return widest + (kLegendTextPx + kBesidePx) * context.scale;
}

float DensityLayer::legend_height(const Context& context) const {
    return has_lines(context) ? kLegendHeightPx * context.scale : 0.0f;
}

void DensityLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_lines(context)) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_drops({at.x, at.y}, context.theme, context.scale, painter);
    ImGui::Dummy({ImGui::GetContentRegionAvail().x, kLegendHeightPx * context.scale});
    context.layout.mark("map.legend.density");
    hover(context,
          "The lines of the prior's density: log p(z) this far below its highest value on the "
          "map.");
}

void DensityLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene) || scene.prior || !scene.has_plane()) return;
    const LegendRoom room = room_below_labels(scene);
    if (room.tall < kLegendHeightPx * scene.scale) return;  // the labels take all there is
    draw_drops({scene.high().x + kBesidePx * scene.scale, room.top}, scene.theme, scene.scale,
               painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_density_layer() { return std::make_unique<DensityLayer>(); }

}  // namespace elbow::gui
