// The held-out images, each at the mean of its q(z|x). Ten thousand are drawn; of more, those that
// suffice for the view.

#include "app/gui/map/layers/points.h"

#include <algorithm>
#include <cmath>

#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"

namespace elbow::gui {

namespace {

// How strong the points are; where images lie behind them, and where no label colours them there.
constexpr float kFull = 0.85f, kFaded = 0.45f, kFadedAlike = 0.8f;
constexpr float kLegendGapPx = 8.0f;  // in a picture, scale 1

// Calls visit(pixel, ink) for each point that is in view and not hidden.
template <class Visit>
void for_each_in_view(const MapScene& scene, const PlacedPoints& points,
                      const gl::PointStyle& style, std::uint32_t hidden_labels,
                      const Visit& visit) {
    const float reach = style.size_px + style.rim_px + 2.0f;
    const ImVec2 low = scene.view.min_px(), high = scene.view.max_px();
    for (int i = 0; i < points.count(); ++i) {
        const int label = points.label(i);
        if (is_hidden(hidden_labels, label)) continue;
        const ImVec2 at = scene.view.to_pixel(points.at(i));
        // A code that is not finite is nowhere.
        const bool near = at.x > low.x - reach && at.x < high.x + reach && at.y > low.y - reach &&
                          at.y < high.y + reach;
        if (near)
            visit(at,
                  rgba_ink(style.colours[static_cast<std::size_t>(label) % style.colours.size()]));
    }
}

// As points.frag draws it.
void paint_point(charts::Raster& raster, ImVec2 at, const gl::PointStyle& style,
                 const charts::Ink& colour) {
    const double radius = 0.5 * style.size_px, outer = radius + style.rim_px;
    const charts::Ink rim = rgba_ink(style.rim);
    const int reach = static_cast<int>(std::ceil(outer + 1.0));
    const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
    for (int row = y - reach; row <= y + reach; ++row) {
        for (int column = x - reach; column <= x + reach; ++column) {
            const double away = std::hypot(column + 0.5 - at.x, row + 0.5 - at.y);
            const double cover = 1.0 - smooth_step(outer - 0.5, outer + 0.5, away);
            if (cover <= 0.0) continue;
            const double around =
                style.rim_px > 0.0f ? smooth_step(radius - 0.5, radius + 0.5, away) : 0.0;
            const double edge = style.rim_px > 0.0f ? 0.0
                                                    : smooth_step(radius - 1.2, radius, away) *
                                                          smooth_step(2.5, 5.0, style.size_px);
            charts::Rgb mixed;
            for (std::size_t i = 0; i < mixed.size(); ++i) {
                const double own = colour.rgb[i] * (1.0 - 0.45 * edge);
                mixed[i] =
                    static_cast<std::uint8_t>(std::lround(own + around * (rim.rgb[i] - own)));
            }
            const double alpha = colour.alpha + around * (rim.alpha - colour.alpha);
            raster.blend(column, row, mixed, alpha * cover);
        }
    }
}

class PointsLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "points",
            "Points",
            "The held-out images, each at the mean of its q(z|x) (P). Their size is under View.",
            Key::kP,
            "P",
            "Points of the held-out images, on or off"};
        return &kToggle;
    }
    bool on(const Context& context) const override { return context.settings.points_shown; }
    void turn(Context& context, bool on) const override { context.settings.points_shown = on; }
    void draw_menu(Context&) const override;
    bool on(const MapScene& scene) const override { return scene.points_shown; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && !has_colours_of_scores(scene);
    }
    GroundChange change(const MapScene&) const override;
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_shapes(const MapScene&, charts::SvgPainter&) const override;
    float legend_width(const Context&) const override;
    float legend_height(const Context&) const override;
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    struct Look {
        std::uint32_t hidden_labels;
        bool labelled, on_images;
        float size_px;  // design pixels
        bool operator==(const Look&) const = default;
    };
    static Look look_of(const MapScene& scene) {
        return {scene.view_state.hidden_labels, !scene.points.labels.empty(),
                has_images_behind(scene), scene.point_size};
    }
    static gl::PointStyle style_in_picture(const MapScene&);
    void upload(const MapScene&, float point_px);
    bool thinned(const Context& context) const { return on(context) && drawn_.one_in > 1; }

    std::unique_ptr<gl::PointRenderer> renderer_;  // made when they are first drawn
    std::optional<Look> look_;                     // as they were drawn last
    std::uint64_t version_ = 0;                    // as they were uploaded last
    ThinnedPoints thinned_;                        // where there are too many to draw them all
    DrawnPoints drawn_;
};

void PointsLayer::draw_menu(Context& context) const {
    ImGui::SetNextItemWidth(120.0f * context.scale);
    ImGui::SliderFloat("##size", &context.settings.point_size, 1.0f, 12.0f, "Size %.1f px",
                       ImGuiSliderFlags_AlwaysClamp);
}

GroundChange PointsLayer::change(const MapScene& scene) const {
    if (look_ != look_of(scene)) return GroundChange::kOther;
    return version_ == scene.points_version ? GroundChange::kNothing : GroundChange::kNewer;
}

void PointsLayer::upload(const MapScene& scene, float point_px) {
    if (scene.ranked != nullptr && scene.ranked->count() > 0) {
        const double margin = point_px / scene.view.pixels_per_unit();
        thin(*scene.ranked, scene.seen_view(), scene.view, margin, scene.view_state.hidden_labels,
             kMostPointsDrawn, thinned_);
        renderer_->upload(thinned_.points.xy, thinned_.points.labels);
        drawn_ = {thinned_.in_view, thinned_.one_in};
    } else if (version_ != scene.points_version) {
        renderer_->upload(scene.points.xy, scene.points.labels);
        drawn_ = {scene.points.count(), 1};
    }
    version_ = scene.points_version;
}

void PointsLayer::render(const MapScene& scene, float scale) {
    if (!renderer_) renderer_ = std::make_unique<gl::PointRenderer>();
    look_ = look_of(scene);
    const float point_px = look_->size_px * scale;
    upload(scene, point_px);
    renderer_->draw(plane_rect(scene.view),
                    point_style(scene.theme, look_->labelled, look_->on_images, point_px, scale),
                    look_->hidden_labels);
}

gl::PointStyle PointsLayer::style_in_picture(const MapScene& scene) {
    return point_style(scene.theme, !scene.points.labels.empty(), has_images_behind(scene),
                       scene.point_size * scene.scale, scene.scale);
}

void PointsLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    paint_points(raster, scene, scene.points, style_in_picture(scene),
                 scene.points.labels.empty() ? 0 : scene.view_state.hidden_labels);
}

void PointsLayer::draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const {
    draw_points(painter, scene, scene.points, style_in_picture(scene),
                scene.points.labels.empty() ? 0 : scene.view_state.hidden_labels);
}

float PointsLayer::legend_width(const Context& context) const { return labels_width(context); }

float PointsLayer::legend_height(const Context& context) const {
    return labels_height(context) + (thinned(context) ? thinning_height(context) : 0.0f);
}

void PointsLayer::draw_legend(Context& context, const PlacedPoints& points, float below_px) {
    if (!points.labels.empty() || points.count() == 0)
        draw_labels(context, below_px + (thinned(context) ? thinning_height(context) : 0.0f));
    if (thinned(context)) draw_thinning(context, drawn_, points.count());
}

void PointsLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (scene.legend.empty()) return;
    const charts::Pixel low = scene.low(), high = scene.high();
    const float room = (high.y - low.y) / static_cast<float>(scene.legend.size());
    const float height = std::min(kLegendRowPx * scene.scale, room);
    for (std::size_t row = 0; row < scene.legend.size(); ++row) {
        const auto label = static_cast<int>(row);
        draw_label_row(
            {scene.legend[row], row_colour(scene.theme, label, scene.classes),
             !is_hidden(scene.view_state.hidden_labels, label)},
            scene.theme,
            {high.x + kLegendGapPx * scene.scale, low.y + static_cast<float>(row) * height}, height,
            scene.scale, painter);
    }
}

}  // namespace

gl::PointStyle point_style(const Theme& theme, bool labelled, bool on_images, float point_px,
                           float scale) {
    gl::PointStyle style{};
    const float strength = !on_images ? kFull : labelled ? kFaded : kFadedAlike;
    for (std::size_t label = 0; label < style.colours.size(); ++label)
        style.colours[label] = rgba(labelled ? theme.labels[label] : theme.unlabelled, strength);
    style.size_px = on_images && labelled ? 0.8f * point_px : point_px;
    style.rim_px = on_images || !labelled ? scale : 0.0f;
    style.rim = rgba(theme.map_background, strength);
    return style;
}

void paint_points(charts::Raster& raster, const MapScene& scene, const PlacedPoints& points,
                  const gl::PointStyle& style, std::uint32_t hidden_labels) {
    for_each_in_view(
        scene, points, style, hidden_labels,
        [&](ImVec2 at, const charts::Ink& colour) { paint_point(raster, at, style, colour); });
}

void draw_points(charts::Painter& painter, const MapScene& scene, const PlacedPoints& points,
                 const gl::PointStyle& style, std::uint32_t hidden_labels) {
    const float radius = 0.5f * style.size_px;
    for_each_in_view(scene, points, style, hidden_labels,
                     [&](ImVec2 at, const charts::Ink& colour) {
                         if (colour.alpha > 0.0) painter.disc({at.x, at.y}, radius, colour);
                         if (style.rim_px > 0.0f)
                             painter.circle({at.x, at.y}, radius + 0.5f * style.rim_px,
                                            style.rim_px, rgba_ink(style.rim));
                     });
}

std::unique_ptr<MapLayer> make_points_layer() { return std::make_unique<PointsLayer>(); }

}  // namespace elbow::gui
