// The axes around the plot; with more than two latents, the choice of the two and of the anchor
// that holds the others.

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "app/gui/map/layer.h"
#include "app/gui/panels/axis_choice.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/map.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1, of the choice of axes and anchor.
constexpr float kAxesWidthPx = 124.0f, kAxesHeightPx = 138.0f;
constexpr double kAtZero = 1e-6;  // the norm of an anchor that counts as 0

MapAxes laid_out(const MapScene& scene, const charts::Painter& painter) {
    return lay_out_axes(scene.view, scene.gutters, scene.words, scene.scale, text_sizes(painter));
}

void draw_axis_lines(const MapScene& scene, const MapAxes& axes, charts::Painter& painter) {
    const Theme& theme = scene.theme;
    const charts::Pixel low = scene.low(), high = scene.high();
    const float tick = kAxisTickPx * scene.scale;
    for (const AxisTick& x : axes.x_ticks) {
        const float at = std::round(scene.pixel({x.at, 0}).x);
        if (x.labelled) painter.rule({at, high.y}, {at, high.y + tick}, ink(theme.axis_line));
    }
    for (const AxisTick& y : axes.y_ticks) {
        const float at = std::round(scene.pixel({0, y.at}).y);
        if (at < low.y || at > high.y) continue;
        if (y.labelled) painter.rule({low.x - tick, at}, {low.x, at}, ink(theme.axis_line));
    }
    painter.frame(low, high, ink(theme.border));
}

void move_anchor(ViewState& view_state, std::vector<float> anchor) {
    view_state.anchor = std::move(anchor);
    view_state.put_dot(lifted(view_state, projected(view_state, view_state.cursor)));
}

double anchor_norm(const ViewState& view_state) {
    return off_plane(view_state, std::vector<float>(view_state.anchor.size(), 0.0f));
}

WindowAction anchor_at_image_action(Context& context) {
    const ViewState& view_state = context.view_state;
    const auto map = context.views.get<live::MapView>();
    const bool point = view_state.point && map && map->map.latents == context.latents() &&
                       *view_state.point < map->map.count;
    return {.id = "map.anchor_point",
            .title = "Hold the other latents at the selected image",
            .help = "Holds the other latents at the posterior mean of the selected held-out image.",
            .run =
                [&context, map] {
                    ViewState& view = context.view_state;
                    move_anchor(view, mean_of(map->map, *view.point));
                },
            .why_not = point ? "" : "Click a point on the map first."};
}

WindowAction anchor_at_zero_action(Context& context) {
    return {.id = "map.anchor_zero",
            .title = "Hold the other latents at 0",
            .help = "Holds the other latents at 0.",
            .run =
                [&context] {
                    ViewState& view = context.view_state;
                    move_anchor(view, std::vector<float>(view.anchor.size(), 0.0f));
                },
            .why_not = anchor_norm(context.view_state) < kAtZero ? "They are at 0." : ""};
}

void draw_anchor(Context& context) {
    const ViewState& view_state = context.view_state;
    const double distance = anchor_norm(view_state);
    const std::string where = distance < kAtZero ? "all at 0" : "norm " + fixed(distance, 2);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.text_dim);
    ImGui::TextUnformatted(("Others: " + where).c_str());
    ImGui::PopStyleColor();
    context.layout.mark("map.anchor", where);
    hover(context,
          "The map is a plane through the latent space: the latents that are not on its axes are "
          "held at this "
          "anchor. The norm is their distance from 0.");
    action_button(context, "Image", anchor_at_image_action(context));
    ImGui::SameLine(0, 4 * context.scale);
    action_button(context, "Zero", anchor_at_zero_action(context));
}

class AxesLayer final : public MapLayer {
  public:
    bool draws_around() const override { return true; }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    float legend_width(const Context&) const override;
    float legend_height(const Context&) const override;
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    void add_actions(Context& context, WindowActions& actions) const override {
        if (context.latents() <= 2) return;
        actions.push_back(anchor_at_image_action(context));
        actions.push_back(anchor_at_zero_action(context));
    }

  private:
    AxisSearch search_;
};

void AxesLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const MapAxes axes = laid_out(scene, painter);
    draw_axis_lines(scene, axes, painter);
    const auto write = [&](const AxisLabel& label, ImU32 colour) {
        painter.text({label.min.x, label.min.y}, label.text, ink(colour));
    };
    for (const AxisLabel& label : axes.x_labels) write(label, scene.theme.text_dim);
    for (const AxisLabel& label : axes.y_labels) write(label, scene.theme.text_dim);
    write(axes.x_title, scene.theme.text);
    write(axes.y_title, scene.theme.text);
}

// Marks map.axis_x and map.axis_y, unless the choice of the axes does.
void AxesLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList* list) {
    if (!context.layout.enabled() || context.latents() > 2) return;
    const MapAxes axes = laid_out(scene, ScreenPainter(list));
    context.layout.mark("map.axis_x", axes.x_title.min, axes.x_title.max, axes.x_title.text);
    context.layout.mark("map.axis_y", axes.y_title.min, axes.y_title.max, axes.y_title.text);
}

float AxesLayer::legend_width(const Context& context) const {
    return context.latents() > 2 ? kAxesWidthPx * context.scale : 0.0f;
}

float AxesLayer::legend_height(const Context& context) const {
    return context.latents() > 2 ? kAxesHeightPx * context.scale : 0.0f;
}

void AxesLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (context.latents() <= 2) return;
    ImGui::Dummy({0, 4 * context.scale});
    draw_axis_choice(context, search_, false);
    draw_axis_choice(context, search_, true);
    ImGui::Dummy({0, 2 * context.scale});
    draw_anchor(context);
}

}  // namespace

std::unique_ptr<MapLayer> make_axes_layer() { return std::make_unique<AxesLayer>(); }

}  // namespace elbow::gui
