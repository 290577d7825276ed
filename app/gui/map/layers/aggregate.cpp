// The aggregate posterior q(z) against the prior: lines around the parts of the codes, holes where
// the prior expects codes and there are next to none, and a mark at a dot that lies off the data.

#include "engine/live/questions/aggregate.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/map/contour_lines.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kAggregateLinePx = 1.6f, kOffRingPx = 7.0f;
constexpr float kAggregateRowPx = 20.0f, kAggregateMarkPx = 4.0f;
constexpr float kAggregateBesidePx = 8.0f, kAggregateCurve = 0.5f;  // of the map's height
// A hole: the prior lies within three standard deviations' drop of its highest value, and q(z) is
// less than a tenth of it.
constexpr double kPriorDrop = 4.5;
const double kEmptier = std::log(10.0);

// Along the axes that the map has now; null: not known.
std::shared_ptr<const live::AggregateView> aggregate_of(const MapScene& scene) {
    auto view = scene.answer<live::AggregateView>();
    const bool fits = view && !view->aggregate.nats.empty() &&
                      view->aggregate.plane.anchor.size() == scene.view_state.anchor.size() &&
                      along_axes(scene.view_state, view->aggregate.plane);
    return fits ? view : nullptr;
}

std::string divergence_text(const explore::Aggregate& aggregate) {
    return nats(aggregate.kl_from_prior) + " nats";
}

std::string meaning(const explore::Aggregate& aggregate) {
    return "q(z), the mean of q(z|x) over the held-out images, is what the decoder has learnt "
           "from. KL(q(z) || p(z)) = " +
           nats(aggregate.kl_from_prior) + " \u00B1 " + fixed(aggregate.kl_error, 2) +
           " nats is how far that is from the prior that samples are drawn from; the other " +
           nats(aggregate.information) +
           " nats of the KL are what the codes say about their images. From " +
           std::to_string(aggregate.draws) + " draws.";
}

// Neighbouring cells of a row in one box.
void draw_holes(const MapScene& scene, const explore::Aggregate& aggregate,
                charts::Painter& painter) {
    if (aggregate.prior.empty() || aggregate.plane.rows < 2) return;
    const explore::ManifoldRequest& plane = aggregate.plane;
    const double highest = *std::max_element(aggregate.prior.begin(), aggregate.prior.end());
    const double width = (double{plane.x_max} - plane.x_min) / plane.columns;
    const double height = (double{plane.y_max} - plane.y_min) / plane.rows;
    const auto is_hole = [&](int row, int column) {
        const std::size_t cell =
            static_cast<std::size_t>(row) * static_cast<std::size_t>(plane.columns) +
            static_cast<std::size_t>(column);
        return aggregate.prior[cell] > highest - kPriorDrop &&
               aggregate.nats[cell] < aggregate.prior[cell] - kEmptier;
    };
    const charts::Ink shade = ink(scene.theme.warning, 0.22);
    for (int row = 0; row < plane.rows; ++row) {
        const double top = plane.y_max - row * height;
        for (int first = 0; first < plane.columns; ++first) {
            if (!is_hole(row, first)) continue;
            int end = first + 1;
            while (end < plane.columns && is_hole(row, end)) ++end;
            painter.box(scene.pixel(PlanePoint{plane.x_min + first * width, top}),
                        scene.pixel(PlanePoint{plane.x_min + end * width, top - height}), shade);
            first = end;
        }
    }
}

void draw_aggregate_lines(const MapScene& scene, const explore::Aggregate& aggregate,
                          charts::Painter& painter) {
    for (std::size_t part = 0; part < aggregate.lines.size(); ++part) {
        const double strength = 1.0 - 0.22 * static_cast<double>(part);
        for (const explore::ContourLine& line : aggregate.lines[part])
            painter.polyline(pixels_of(scene, line), kAggregateLinePx * scene.scale,
                             ink(scene.theme.accent, strength));
    }
}

// With one latent, over the axis, on the scale of the prior's curve: q(z) / p(0).
void draw_aggregate_curve(const MapScene& scene, const explore::Aggregate& aggregate,
                          charts::Painter& painter) {
    const explore::ManifoldRequest& row = aggregate.plane;
    const double step = (double{row.x_max} - row.x_min) / row.columns;
    const double highest = aggregate.prior.empty()
                               ? *std::max_element(aggregate.nats.begin(), aggregate.nats.end())
                               : *std::max_element(aggregate.prior.begin(), aggregate.prior.end());
    const float base = scene.high().y, tall = kAggregateCurve * (base - scene.low().y);
    std::vector<charts::Pixel> curve;
    for (std::size_t i = 0; i < aggregate.nats.size(); ++i) {
        const double z = row.x_min + (static_cast<double>(i) + 0.5) * step;
        const auto part = static_cast<float>(std::exp(aggregate.nats[i] - highest));
        curve.push_back({scene.pixel(PlanePoint{z, 0.0}).x, base - tall * std::min(part, 2.0f)});
    }
    painter.polyline(curve, kAggregateLinePx * scene.scale, ink(scene.theme.accent));
}

bool dot_is_off(const MapScene& scene, const explore::Aggregate& aggregate) {
    const PlanePoint dot = projected(scene.view_state, scene.view_state.cursor);
    return aggregate.at(dot.x, dot.y) < aggregate.edge;
}

class AggregateLayer final : public MapLayer {
  public:
    const LayerToggle* toggle() const override {
        static constexpr LayerToggle kToggle{
            "aggregate",
            "q(z)",
            "The aggregate posterior q(z) against the prior (A): lines that hold 39, 86 and 99 % "
            "of "
            "all codes, along the two axes. Shaded are holes: there the prior expects codes, and "
            "there is not a tenth as much. A dot outside the outermost line has a ring: the "
            "decoder has hardly seen such a z.",
            Key::kA,
            "A",
            "Aggregate posterior against the prior, with its holes",
            false};
        return &kToggle;
    }
    std::string disabled_because(const Context& context) const override {
        return run::has_bound(context.trainer->config)
                   ? ""
                   : "This estimator trains no q(z|x), so there is no mean of them.";
    }
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        const ViewState& seen = scene.view_state;
        if (scene.spread_known)
            request.ask(
                live::AggregateQuery{seen.x_axis, scene.has_plane() ? seen.y_axis : seen.x_axis});
    }
    bool in_paper_view() const override { return false; }
    bool shown(const MapScene& scene) const override {
        return on(scene) && aggregate_of(scene) != nullptr;
    }
    void draw(const MapScene&, charts::Painter&) const override;
    void draw_on_screen(Context&, const MapScene&, ImDrawList*) override;
    bool draw_tooltip(const Context&, const MapScene&) override;
    float legend_width(const Context&) const override;
    float legend_height(const Context& context) const override {
        return has_legend(context) ? 2.5f * kAggregateRowPx * context.scale : 0.0f;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;

  private:
    bool has_legend(const Context& context) const {
        return on(context) && disabled_because(context).empty();
    }
};

void AggregateLayer::draw(const MapScene& scene, charts::Painter& painter) const {
    const auto view = aggregate_of(scene);
    if (!scene.has_plane()) return draw_aggregate_curve(scene, view->aggregate, painter);
    draw_holes(scene, view->aggregate, painter);
    draw_aggregate_lines(scene, view->aggregate, painter);
    if (dot_is_off(scene, view->aggregate)) {
        painter.circle(scene.pixel(scene.view_state.cursor),
                       (kDotRadiusPx + kOffRingPx) * scene.scale, 2.0f * scene.scale,
                       ink(scene.theme.warning));
    }
}

void AggregateLayer::draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) {
    if (!context.layout.enabled()) return;
    const explore::Aggregate& aggregate = aggregate_of(scene)->aggregate;
    context.layout.mark("map.aggregate", divergence_text(aggregate) +
                                             (dot_is_off(scene, aggregate) ? ", dot off" : ""));
}

bool AggregateLayer::draw_tooltip(const Context& context, const MapScene& scene) {
    const auto view = aggregate_of(scene);
    const UnderMouse& over = scene.over;
    if (!on(scene) || !view || !scene.has_plane() || over.hovered_point || over.waypoint)
        return false;
    const explore::Aggregate& aggregate = view->aggregate;
    if (over.dot_hot) {
        if (!dot_is_off(scene, aggregate)) return false;
        tip(context,
            "The dot lies outside the line that holds 99 % of all codes: the decoder has hardly "
            "seen such a z, so that its image says little.");
        return true;
    }
    const auto part = lines_under_mouse(scene, aggregate.lines);
    if (!part) return false;
    const std::string text =
        "Within this line lie " + part_text(*part) + " of all codes. " + meaning(aggregate);
    tip(context, text.c_str());
    return true;
}

float AggregateLayer::legend_width(const Context& context) const {
    if (!has_legend(context)) return 0.0f;
    return std::max(ImGui::CalcTextSize("-00.00 nats").x + kAggregateMarkPx * context.scale,
                    ImGui::CalcTextSize("q(z)").x + kLineTextPx * context.scale) +
           kAggregateBesidePx * context.scale;
}

// The line, and the divergence under it.
void AggregateLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_legend(context)) return;
    const float scale = context.scale, row = kAggregateRowPx * scale;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 at{corner.x, corner.y + 0.5f * row};
    const auto view = context.views.get<live::AggregateView>();
    const bool known = view && !view->aggregate.nats.empty();
    const std::string value = known ? divergence_text(view->aggregate) : "...";
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_line_row({"q(z)", ink(context.theme.accent)}, context.theme, {at.x, at.y}, row, scale,
                  painter);
    painter.text({at.x + kAggregateMarkPx * scale,
                  std::round(at.y + row + 0.5f * (row - painter.line_height()))},
                 value, ink(context.theme.text_dim));
    take_legend_room(legend_height(context));
    context.layout.mark("map.legend.aggregate", value);
    hover(context, known ? meaning(view->aggregate).c_str()
                         : "The aggregate posterior q(z), which is being worked out.");
}

}  // namespace

std::unique_ptr<MapLayer> make_aggregate_layer() { return std::make_unique<AggregateLayer>(); }

}  // namespace elbow::gui
