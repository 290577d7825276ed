// How fast the decoded image changes over the map: the volume of the decoder's pull-back metric as
// a shade behind the points, and ellipses that hold the steps which change the image alike. With
// one latent, the speed as a curve over the axis.

#include "engine/live/questions/metric.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gl/tile_texture.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/map/metric_marks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/text.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kMetricLinePx = 1.2f, kMetricRowPx = 24.0f, kMetricBesidePx = 8.0f;
constexpr double kStrongest = 0.75;   // of the shade
constexpr int kPixelsOfCell = 4;      // a side, of the shade's picture
constexpr float kSpeedCurve = 0.45f;  // of the map's height

// For the axes that the map has now; null: not known, or not wanted.
std::shared_ptr<const live::MetricView> metric_of(const MapScene& scene) {
    auto view = scene.answer<live::MetricView>();
    const bool fits = view && along_axes(scene.view_state, view->metric.plane) &&
                      view->metric.plane.anchor.size() == scene.view_state.anchor.size();
    return fits ? view : nullptr;
}

// The shade's picture, [3, H, W].
std::vector<std::uint8_t> shade_picture(const VolumeShade& shade, const Theme& theme) {
    const explore::ManifoldRequest& plane = shade.plane();
    const int width = kPixelsOfCell * plane.columns, height = kPixelsOfCell * plane.rows;
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::vector<std::uint8_t> picture(3 * pixels);
    const charts::Rgb ground = ink(theme.map_background).rgb, colour = ink(theme.accent).rgb;
    const double across = (double{plane.x_max} - plane.x_min) / width;
    const double down = (double{plane.y_max} - plane.y_min) / height;
    std::size_t at = 0;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x, ++at) {
            const double part =
                kStrongest *
                shade.at({plane.x_min + (x + 0.5) * across, plane.y_max - (y + 0.5) * down})
                    .value_or(0.0);
            for (std::size_t channel = 0; channel < 3; ++channel) {
                picture[channel * pixels + at] = static_cast<std::uint8_t>(
                    std::lround((1.0 - part) * ground[channel] + part * colour[channel]));
            }
        }
    }
    return picture;
}

// With one latent.
void draw_speed(const MapScene& scene, const explore::Metric& metric, charts::Painter& painter) {
    const explore::ManifoldRequest& row = metric.plane;
    const double step = (double{row.x_max} - row.x_min) / row.columns;
    double fastest = 0.0;
    for (std::size_t cell = 0; cell < metric.tensors.size(); ++cell)
        fastest = std::max(fastest, metric.volume(cell));  // NaN is none
    if (!(fastest > 0.0)) return;
    const charts::Pixel low = scene.low(), high = scene.high();
    std::vector<charts::Pixel> curve;
    curve.reserve(metric.tensors.size());
    for (std::size_t cell = 0; cell < metric.tensors.size(); ++cell) {
        const double speed = metric.volume(cell);
        const double part = std::isfinite(speed) ? speed / fastest : 0.0;
        const double z = row.x_min + (static_cast<double>(cell) + 0.5) * step;
        curve.push_back({scene.pixel(PlanePoint{z, 0.0}).x,
                         high.y - kSpeedCurve * (high.y - low.y) * static_cast<float>(part)});
    }
    painter.area(curve, high.y, ink(scene.theme.accent, 0.18));
    painter.polyline(curve, 1.5f * scene.scale, ink(scene.theme.accent, 0.8));
}

void draw_metric_ellipses(const MapScene& scene, const MetricMarks& marks,
                          charts::Painter& painter) {
    constexpr std::size_t kCorners = 28;
    const double units = scene.view.pixels_per_unit();
    const charts::Ink line = ink(scene.theme.text, 0.75);
    for (const MetricMark& mark : marks.ellipses) {
        const explore::MetricEllipse& shape = mark.shape;
        painter.outline(ellipse_corners(scene.pixel(mark.at), units * shape.long_radius,
                                        units * shape.short_radius, kCorners, shape.angle),
                        kMetricLinePx * scene.scale, line);
    }
}

// The bar, and what the ellipses are. Two rows.
void draw_metric_legend(charts::Pixel at, const VolumeShade& shade, const MetricMarks& marks,
                        const Theme& theme, float scale, charts::Painter& painter) {
    std::array<charts::Ink, kColourSteps> steps;
    for (std::size_t i = 0; i < steps.size(); ++i)
        steps[i] = ink(theme.accent, kStrongest * (static_cast<double>(i) + 0.5) / kColourSteps);
    draw_colour_bar(
        {"Change", steps, reading(std::exp(shade.low())), reading(std::exp(shade.high()))}, theme,
        at, scale, painter);
    if (marks.ellipses.empty()) return;
    const float middle = at.y + (kColourBarPx + 0.5f * kMetricRowPx) * scale;
    painter.circle({at.x + 12.0f * scale, middle}, 6.0f * scale, kMetricLinePx * scale,
                   ink(theme.text, 0.75));
    painter.text({at.x + 22.0f * scale, std::round(middle - 0.5f * painter.line_height())},
                 exact_text(marks.distance), ink(theme.text));
}

class MetricLayer final : public BackdropLayer {
  public:
    MetricLayer() : BackdropLayer(Backdrop::kMetric) {}
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "metric",
            "Metric",
            "How fast the decoded image changes over the map (G, for geometry): the shade is the "
            "volume of the decoder's pull-back metric, and each ellipse holds the steps from its "
            "middle that change the image by the same distance: it is small where the image "
            "changes fast, and long in the direction in which it hardly does. Takes the place of "
            "the manifold.",
            Key::kG,
            "G",
            "Metric: how fast the decoded image changes"};
        return &kToggle;
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && metric_of(scene) != nullptr;
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        request.ask(live::MetricQuery{
            on_plane(scene.view_state, metric_cells(scene.view, scene.scale, scene.has_plane()))});
    }
    GroundChange change(const MapScene& scene) const override {
        const bool same = metric_of(scene) == uploaded_ || !scene.has_plane();
        return same ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    float legend_width(const Context& context) const override {
        return has_legend(context) ? ImGui::CalcTextSize("Change 00").x : 0.0f;
    }
    float legend_height(const Context& context) const override {
        return has_legend(context) ? (kColourBarPx + kMetricRowPx) * context.scale : 0.0f;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return shown(scene) && scene.has_plane() ? 8 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    struct OnScreen {
        gl::ManifoldRenderer renderer;
        gl::TileTexture picture;
    };
    bool has_legend(const Context& context) const {
        return on(context) && context.has_run() && context.latents() > 1;
    }

    std::unique_ptr<OnScreen> gl_;  // made when it is first drawn
    std::shared_ptr<const live::MetricView> uploaded_;
    bool dark_ = false;
    std::optional<VolumeShade> shade_;  // of what is uploaded
    MetricMarks drawn_;                 // on the screen
};

void MetricLayer::render(const MapScene& scene, float /*scale*/) {
    if (!scene.has_plane()) return;
    const auto view = metric_of(scene);
    if (!gl_) gl_ = std::make_unique<OnScreen>();
    const explore::ManifoldRequest& plane = view->metric.plane;
    if (view != uploaded_ || dark_ != scene.theme.dark || !shade_) {
        shade_.emplace(view->metric);
        gl_->picture.update_grid(shade_picture(*shade_, scene.theme), 1,
                                 {3, kPixelsOfCell * plane.rows, kPixelsOfCell * plane.columns}, 1);
        uploaded_ = view;
        dark_ = scene.theme.dark;
    }
    gl_->renderer.draw(plane_rect(scene.view), {plane.x_min, plane.x_max, plane.y_min, plane.y_max},
                       gl_->picture, 1.0f);
}

void MetricLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    if (!scene.has_plane()) return;
    const VolumeShade shade(metric_of(scene)->metric);
    const charts::Rgb colour = ink(scene.theme.accent).rgb;
    for_each_pixel(scene.view, [&](int x, int y, PlanePoint place) {
        if (const auto part = shade.at(place)) raster.blend(x, y, colour, kStrongest * *part);
    });
}

void MetricLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto view = metric_of(scene);
    if (!scene.has_plane()) return draw_speed(scene, view->metric, painter);
    draw_metric_ellipses(scene, metric_marks(view->metric, scene.view, scene.scale), painter);
}

void MetricLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    const auto view = metric_of(scene);
    if (scene.has_plane()) drawn_ = metric_marks(view->metric, scene.view, scene.scale);
    const charts::Pixel low = scene.low(), high = scene.high();
    context.layout.mark("map.metric", {low.x, low.y}, {high.x, high.y},
                        std::to_string(view->metric.plane.columns) + " x " +
                            std::to_string(view->metric.plane.rows) + ", " +
                            std::to_string(drawn_.ellipses.size()) + " ellipses");
}

void MetricLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_legend(context)) return;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    take_legend_room(legend_height(context));
    context.layout.mark("map.legend.metric");
    std::string help =
        "How much of the space of images a piece of the map fills, the root of the determinant of "
        "the metric, per squared latent unit. The distance of two images is the root of the sum "
        "of their pixels' squared differences, with pixels from 0 to 1.";
    if (!drawn_.ellipses.empty()) {
        help += " Each ellipse: from its middle to its rim the image changes by " +
                exact_text(drawn_.distance) + ".";
    }
    if (context.latents() > 2)
        help += " Of the two latents on the axes; the others are held at the anchor.";
    hover(context, help.c_str());
    if (!shade_) return;
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_metric_legend({at.x, at.y}, *shade_, drawn_, context.theme, context.scale, painter);
}

void MetricLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene) || !scene.has_plane()) return;
    const float tall = (kColourBarPx + kMetricRowPx) * scene.scale;
    if (room_below_labels(scene).tall < tall) return;  // the labels take all there is
    const auto view = metric_of(scene);
    draw_metric_legend({scene.high().x + kMetricBesidePx * scene.scale, scene.high().y - tall},
                       VolumeShade(view->metric),
                       metric_marks(view->metric, scene.view, scene.scale), scene.theme,
                       scene.scale, painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_metric_layer() { return std::make_unique<MetricLayer>(); }

}  // namespace elbow::gui
