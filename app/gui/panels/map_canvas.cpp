#include "app/gui/panels/map_canvas.h"

#include <algorithm>
#include <cmath>

#include "app/gui/panels/picture.h"
#include "engine/train/held_out.h"

namespace elbow::gui {

namespace {

// While nothing but the weights change, the picture is redrawn no more often than this: without a
// graphics card a redraw costs several milliseconds.
constexpr double kQuietSeconds = 0.06;
// How strong the points are; where images lie behind them, and where no label colours them there.
constexpr float kFull = 0.85f, kFaded = 0.45f, kFadedAlike = 0.8f;

gl::Rgba rgba(ImU32 colour, float alpha = 1.0f) {
    const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
    return {c.x, c.y, c.z, c.w * alpha};
}

gl::PlaneRect plane_rect(const PlaneView& view) {
    return {static_cast<float>(view.x_min()), static_cast<float>(view.x_max()),
            static_cast<float>(view.y_min()), static_cast<float>(view.y_max())};
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
    style.rim = rgba(theme.map_background);
    return style;
}

float manifold_strength(const Theme& theme) { return theme.dark ? 0.8f : 0.65f; }

MapCanvas::Inputs MapCanvas::wanted(const Context& context, const PlaneView& view,
                                    const PlacedPoints& points, std::uint64_t version) {
    const ImVec2 pixels = ImGui::GetIO().DisplayFramebufferScale;
    const Exploration& exploration = context.exploration;
    Inputs inputs;
    inputs.version = version;
    inputs.backdrop = context.settings.backdrop;
    const auto& manifold = context.views.manifold;
    if (inputs.backdrop == Backdrop::kManifold && manifold &&
        manifold->request.x_axis == exploration.x_axis &&
        (manifold->request.y_axis == exploration.y_axis || context.latents() < 2))
        inputs.manifold = manifold;
    inputs.rect = {.x_center = 0.5 * (view.x_min() + view.x_max()),
                   .y_center = 0.5 * (view.y_min() + view.y_max()),
                   .half_height = 0.5 * (view.y_max() - view.y_min())};
    inputs.width = static_cast<int>(std::lround(view.size_px().x * std::max(pixels.x, 0.1f)));
    inputs.height = static_cast<int>(std::lround(view.size_px().y * std::max(pixels.y, 0.1f)));
    inputs.hidden_labels = exploration.hidden_labels;
    inputs.dark = context.theme.dark;
    inputs.points_shown = context.settings.points_shown;
    inputs.labelled = !points.labels.empty();
    inputs.prior = train::has_prior(context.trainer->config);
    inputs.pixel_scale = context.scale * std::max(pixels.x, 0.1f);
    inputs.point_px = context.settings.point_size * inputs.pixel_scale;
    return inputs;
}

void MapCanvas::upload_points(const PlaneView& view, const Inputs& inputs,
                              const PlacedPoints& points, const RankedPoints& ranked) {
    if (ranked.count() > 0) {
        const double margin = inputs.point_px / view.pixels_per_unit();
        thin(ranked, view, margin, inputs.hidden_labels, kMostPointsDrawn, thinned_);
        gl_->points.upload(thinned_.points.xy, thinned_.points.labels);
        drawn_ = {thinned_.count(), thinned_.one_in};
    } else if (uploaded_version_ != inputs.version) {
        gl_->points.upload(points.xy, points.labels);
        drawn_ = {points.count(), 1};
    }
    uploaded_version_ = inputs.version;
}

void MapCanvas::upload_manifold(const Context& context, const Inputs& inputs) {
    const data::Dataset* dataset = context.dataset();
    if (inputs.manifold && inputs.manifold != uploaded_manifold_ && dataset != nullptr) {
        const explore::ManifoldRequest& grid = inputs.manifold->request;
        gl_->tiles.update_grid(inputs.manifold->images, grid.columns * grid.rows, dataset->height,
                               dataset->width, grid.columns);
        uploaded_manifold_ = inputs.manifold;
    }
}

void MapCanvas::render(const Context& context, const PlaneView& view, const Inputs& inputs) {
    const Theme& theme = context.theme;
    const gl::PlaneRect plane = plane_rect(view);
    const gl::Rgba ground = rgba(theme.map_background);
    const float clear[4] = {ground.r, ground.g, ground.b, 1.0f};
    const bool on_images = inputs.manifold != nullptr;
    const gl::PointStyle style =
        point_style(theme, inputs.labelled, on_images, inputs.point_px, inputs.pixel_scale);
    gl_->canvas.render(inputs.width, inputs.height, clear, [&] {
        if (inputs.backdrop == Backdrop::kDensity && inputs.prior && context.latents() > 1)
            gl_->density.draw(plane, rgba(theme.accent, 0.5f), rgba(theme.text, 0.7f));
        if (on_images) {
            const explore::ManifoldRequest& grid = inputs.manifold->request;
            gl_->manifold.draw(plane, {grid.x_min, grid.x_max, grid.y_min, grid.y_max}, gl_->tiles,
                               manifold_strength(theme));
        }
        if (inputs.points_shown) gl_->points.draw(plane, style, inputs.hidden_labels);
    });
}

void MapCanvas::show(Context& context, const PlaneView& view, const PlacedPoints& points,
                     const RankedPoints& ranked, std::uint64_t version, ImDrawList* list) {
    if (!gl_) gl_ = std::make_unique<Renderers>();
    Inputs inputs = wanted(context, view, points, version);
    if (!(inputs == shown_)) {
        Inputs but_for_weights = shown_;
        but_for_weights.version = inputs.version;
        if (inputs.manifold && shown_.manifold) but_for_weights.manifold = inputs.manifold;
        if (!(inputs == but_for_weights) || context.now_s - rendered_at_s_ >= kQuietSeconds) {
            upload_points(view, inputs, points, ranked);
            upload_manifold(context, inputs);
            render(context, view, inputs);
            shown_ = std::move(inputs);
            rendered_at_s_ = context.now_s;
        }
    }
    // OpenGL's first row is the bottom one.
    list->AddImage(texture_id(gl_->canvas.texture()), view.min_px(), view.max_px(), {0, 1}, {1, 0});
}

}  // namespace elbow::gui
