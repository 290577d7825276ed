// The true posterior p(z|x) of the selected image beside the encoder's q(z|x): lines around the
// parts of it that the ellipses of q(z|x) should hold, and draws from q(z|x), the larger the more
// likely p(z|x) finds them. With one latent, a curve over the point's row.

#include "engine/live/questions/true_posterior.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gui/map/contour_lines.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/panels/log_p_words.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/text.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kTrueLinePx = 1.8f, kHaloPx = 1.8f;
constexpr float kLeastDrawPx = 0.8f, kMostDrawPx = 6.0f;   // radius of a draw
constexpr float kTrueCurvePx = 64.0f, kTrueStepPx = 2.0f;  // with one latent: height of the curve
constexpr float kTrueRowPx = 20.0f, kTrueBesidePx = 8.0f;
constexpr double kDrawAlpha = 0.5;
constexpr const char* kTrueWords = "p(z|x)";
constexpr const char* kEncoderWords = "q(z|x)";

// Of the selected image along the axes that the map has now; null: not known.
std::shared_ptr<const live::TruePosteriorView> posterior_of(const MapScene& scene) {
    auto view = scene.answer<live::TruePosteriorView>();
    const bool fits = view && scene.view_state.point == view->posterior.index &&
                      view->posterior.plane.anchor.size() == scene.view_state.anchor.size() &&
                      along_axes(scene.view_state, view->posterior.plane);
    return fits ? view : nullptr;
}

charts::Ink true_ink(const Theme& theme, std::size_t part = 0) {
    return ink(theme.true_posterior, 1.0 - 0.2 * static_cast<double>(part));
}

void draw_true_lines(const MapScene& scene, const explore::TruePosterior& posterior,
                     charts::Painter& painter) {
    for (const bool halo : {true, false}) {
        for (std::size_t part = 0; part < posterior.lines.size(); ++part) {
            for (const explore::ContourLine& line : posterior.lines[part]) {
                const std::vector<charts::Pixel> pixels = pixels_of(scene, line);
                const float width = (kTrueLinePx - 0.3f * static_cast<float>(part)) * scene.scale;
                if (halo) {
                    painter.polyline(pixels, width + kHaloPx * scene.scale,
                                     ink(scene.theme.map_background, 0.7));
                } else {
                    painter.polyline(pixels, width, true_ink(scene.theme, part));
                }
            }
        }
    }
}

// Calls visit(place, radius in pixels) for each draw from q(z|x). A disc's area says how likely
// p(z|x) finds the draw.
template <class Visit>
void for_each_draw(const MapScene& scene, const explore::TruePosterior& posterior,
                   const Visit& visit) {
    const std::size_t latents = posterior.plane.anchor.size();
    const double most = *std::max_element(posterior.weights.begin(), posterior.weights.end());
    for (std::size_t s = 0; s < posterior.weights.size(); ++s) {
        const auto z = std::span(posterior.draws).subspan(s * latents, latents);
        const auto radius =
            kMostDrawPx * static_cast<float>(std::sqrt(posterior.weights[s] / most));
        const PlanePoint at = projected(scene.view_state, z);
        if (std::isfinite(at.x) && std::isfinite(at.y))
            visit(at, std::max(radius, kLeastDrawPx) * scene.scale);
    }
}

// With one latent.
void draw_curve(const MapScene& scene, const explore::TruePosterior& posterior,
                charts::Painter& painter) {
    const explore::ManifoldRequest& row = posterior.plane;
    const double step = (double{row.x_max} - row.x_min) / row.columns;
    const PlanePoint point = scene.points.at(posterior.index);
    const float base = scene.pixel(point).y;
    std::vector<charts::Pixel> curve;
    for (std::size_t i = 0; i < posterior.nats.size(); ++i) {
        const double z = row.x_min + (static_cast<double>(i) + 0.5) * step;
        const double nats = posterior.nats[i];
        const double part = std::isfinite(nats) ? std::exp(nats - posterior.highest) : 0.0;
        const float tall = static_cast<float>(part) * kTrueCurvePx * scene.scale;
        const float x = scene.pixel(PlanePoint{z, point.y}).x;
        if (curve.empty() || x - curve.back().x >= kTrueStepPx * scene.scale)
            curve.push_back({x, base - tall});
    }
    painter.area(curve, base, ink(scene.theme.true_posterior, 0.25));
    painter.polyline(curve, kTrueLinePx * scene.scale, true_ink(scene.theme));
}

void draw_rows(charts::Pixel at, const Theme& theme, float scale, charts::Painter& painter) {
    const float row = kTrueRowPx * scale;
    draw_line_row({kTrueWords, true_ink(theme)}, theme, at, row, scale, painter);
    draw_line_row({kEncoderWords, ink(theme.text)}, theme, {at.x, at.y + row}, row, scale, painter);
}

class TruePosteriorLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "true_posterior",
            "p(z|x)",
            "The true posterior of the selected image beside the encoder's q(z|x) (B, for Bayes). "
            "The lines hold 39, 86 and 99 % of p(z|x), as the ellipses of a Gaussian do at 1, 2 "
            "and 3 standard deviations; the discs are draws from q(z|x), as large as p(z|x) finds "
            "them likely. The selected image's card then says log p(x) and how far the bound lies "
            "below it.",
            Key::kB,
            "B",
            "True posterior of the selected image",
            false};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        return run::has_bound(context.trainer->config)
                   ? ""
                   : "This estimator has no q(z|x) to hold against p(z|x).";
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        const ViewState& seen = scene.view_state;
        if (seen.point && scene.spread_known)
            request.ask(live::TruePosteriorQuery{*seen.point, seen.x_axis,
                                                 scene.has_plane() ? seen.y_axis : seen.x_axis});
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && posterior_of(scene) != nullptr;
    }
    GroundChange change(const MapScene& scene) const override {
        return posterior_of(scene) == drawn_ ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;
    float legend_width(const Context&) const override;
    float legend_height(const Context&) const override;
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return on(scene) && scene.spread_known && scene.view_state.point ? 6 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    bool has_legend(const Context& context) const {
        return on(context) && context.view_state.point && disabled_because(context).empty();
    }
    std::unique_ptr<gl::EllipseRenderer> discs_;  // made when it is first drawn
    std::shared_ptr<const live::TruePosteriorView> drawn_;
};

// The draws, of which there are too many to be drawn in each frame.
void TruePosteriorLayer::render(const MapScene& scene, float scale) {
    drawn_ = posterior_of(scene);
    if (!scene.has_plane()) return;
    if (!discs_) discs_ = std::make_unique<gl::EllipseRenderer>();
    const auto units = static_cast<float>(1.0 / scene.view.pixels_per_unit());
    std::vector<float> shapes;
    for_each_draw(scene, drawn_->posterior, [&](PlanePoint at, float radius) {
        shapes.insert(shapes.end(), {static_cast<float>(at.x), static_cast<float>(at.y),
                                     radius * units, radius * units});
    });
    discs_->upload(shapes, std::vector<std::uint8_t>(shapes.size() / 4, 0));
    gl::EllipseStyle style{};
    style.colours[0] = rgba(scene.theme.text, static_cast<float>(kDrawAlpha));
    style.fill = 1.0f;
    draw_ellipses(*discs_, scene.view, scale / scene.scale, style);
}

void TruePosteriorLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto view = posterior_of(scene);
    if (!scene.has_plane()) {
        if (view->posterior.index < scene.points.count())
            draw_curve(scene, view->posterior, painter);
        return;
    }
    if (scene.in_picture) {
        for_each_draw(scene, view->posterior, [&](PlanePoint at, float radius) {
            painter.disc(scene.pixel(at), radius, ink(scene.theme.text, kDrawAlpha));
        });
    }
    draw_true_lines(scene, view->posterior, painter);
}

void TruePosteriorLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    if (!context.layout.enabled()) return;
    const explore::TruePosterior& posterior = posterior_of(scene)->posterior;
    const charts::Pixel at = scene.pixel(posterior.plane.anchor);
    context.layout.mark("map.true_posterior", {at.x, at.y}, {at.x, at.y},
                        count_text(posterior.lines));
}

bool TruePosteriorLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const UnderMouse& over = scene.over;
    const auto view = posterior_of(scene);
    if (!on(scene) || !view || !scene.has_plane() || over.dot_hot || over.waypoint ||
        (over.hovered_point && over.hovered_point != scene.view_state.point))
        return false;
    const explore::TruePosterior& posterior = view->posterior;
    const auto part = lines_under_mouse(scene, posterior.lines);
    if (!part) return false;
    std::string text = "The true posterior p(z|x) of image " + std::to_string(posterior.index) +
                       ": this line holds " + part_text(*part) + " of it";
    if (context.latents() > 2)
        text += ", on the plane through the mean of q(z|x), with the other latents held there";
    const std::string least = least_words(posterior.falls_short());
    text += ". log p(x) is " + least + nats(posterior.log_p()) + " nats, the bound " +
            nats(posterior.by_draws.bound) + " nats: q(z|x) is " + least + nats(posterior.gap()) +
            " nats away from p(z|x).";
    tip(context, text.c_str());
    return true;
}

float TruePosteriorLayer::legend_width(const Context& context) const {
    if (!has_legend(context)) return 0.0f;
    return ImGui::CalcTextSize(kEncoderWords).x + (kLineTextPx + kTrueBesidePx) * context.scale;
}

float TruePosteriorLayer::legend_height(const Context& context) const {
    return has_legend(context) ? 2.5f * kTrueRowPx * context.scale : 0.0f;
}

void TruePosteriorLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_legend(context)) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_rows({at.x, at.y + 0.5f * kTrueRowPx * context.scale}, context.theme, context.scale,
              painter);
    take_legend_room(legend_height(context));
    context.layout.mark("map.legend.true_posterior");
    hover(context,
          "The selected image's true posterior, and what the encoder says of it. Where the two "
          "lie on each other, the bound is log p(x).");
}

void TruePosteriorLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene)) return;
    const float rows = 2.5f * kTrueRowPx * scene.scale;
    if (room_below_labels(scene).tall < 2.0f * rows) return;  // the other legends take all there is
    draw_rows({scene.high().x + kTrueBesidePx * scene.scale, scene.high().y - rows}, scene.theme,
              scene.scale, painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_true_posterior_layer() {
    return std::make_unique<TruePosteriorLayer>();
}

}  // namespace elbow::gui
