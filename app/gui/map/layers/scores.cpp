// The points coloured by what the model makes of each image, in the place of its label: with the
// choice of that in the legend, and a bar that says which colour is how much.

#include "engine/live/questions/scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/layers/points.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kAbovePx = 6.0f, kChoicePx = 28.0f, kScoresBesidePx = 8.0f;

// Of the images whose places the points are; null: not known, or not wanted.
std::shared_ptr<const live::ScoresView> scores_of(const MapScene& scene) {
    auto view = scene.answer<live::ScoresView>();
    const bool fits = view && find_colouring(scene.point_colour) != nullptr &&
                      view->scores.kl.size() == static_cast<std::size_t>(scene.points.count());
    return fits ? view : nullptr;
}

std::vector<float> values_of(const Colouring& colouring, const explore::ImageScores& scores) {
    std::vector<float> values(scores.kl.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = colouring.value(scores, i);
    return values;
}

// With their steps for labels; those whose labels are hidden are nowhere.
PlacedPoints scored(const MapScene& scene, const explore::ImageScores& scores) {
    const Colouring& colouring = *find_colouring(scene.point_colour);
    const std::vector<float> values = values_of(colouring, scores);
    const ColourScale scale = scale_of(values);
    PlacedPoints result = scene.points;
    result.labels.resize(values.size());
    const bool labelled = !scene.points.labels.empty();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int label = scene.points.label(static_cast<int>(i));
        const bool hidden = labelled && is_hidden(scene.view_state.hidden_labels, label);
        if (hidden || !std::isfinite(values[i]))
            result.xy[2 * i] = std::numeric_limits<float>::quiet_NaN();
        result.labels[i] = scale.step(values[i]);
    }
    return result;
}

gl::PointStyle scored_style(const MapScene& scene, float point_px, float scale) {
    gl::PointStyle style =
        point_style(scene.theme, true, has_images_behind(scene), point_px, scale);
    const float strength = style.colours.front().a;
    for (std::size_t step = 0; step < style.colours.size(); ++step)
        style.colours[step] = rgba(scene.theme.steps[step], strength);
    return style;
}

void draw_bar(charts::Pixel at, const Colouring& colouring, const ColourScale& ends,
              const Theme& theme, float scale, charts::Painter& painter) {
    std::array<charts::Ink, kColourSteps> steps;
    std::transform(theme.steps.begin(), theme.steps.end(), steps.begin(),
                   [](ImU32 colour) { return ink(colour); });
    draw_colour_bar({colouring.unit, steps, reading(ends.low), reading(ends.high)}, theme, at,
                    scale, painter);
}

class ScoresLayer final : public MapLayer {
  public:
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        if (find_colouring(scene.point_colour) != nullptr) request.ask(live::ScoresQuery{});
    }
    bool shown(const MapScene& scene) const override {
        return scene.points_shown && scores_of(scene) != nullptr;
    }
    GroundChange change(const MapScene& scene) const override {
        if (!made_ || made_->colour != scene.point_colour ||
            made_->hidden_labels != scene.view_state.hidden_labels ||
            made_->on_images != has_images_behind(scene))
            return GroundChange::kOther;
        const bool same =
            made_->points == scene.points_version && made_->scores == scores_of(scene);
        return same ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) override {
        context.layout.mark("map.scores", scene.point_colour);
    }
    float legend_width(const Context& context) const override {
        return has_choice(context) ? ImGui::CalcTextSize("Reconstr.  ").x + 20.0f * context.scale
                                   : 0.0f;
    }
    float legend_height(const Context& context) const override {
        if (!has_choice(context)) return 0.0f;
        const bool bar = find_colouring(context.settings.point_colour) != nullptr;
        return (kAbovePx + kChoicePx + (bar ? kColourBarPx : 0.0f)) * context.scale;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    void add_actions(Context&, WindowActions&) const override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return find_colouring(scene.point_colour) != nullptr ? 8 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    // What was drawn last.
    struct Made {
        std::string colour;
        std::uint32_t hidden_labels = 0;
        bool on_images = false;
        std::uint64_t points = 0;
        std::shared_ptr<const live::ScoresView> scores;
    };
    static bool has_choice(const Context& context) {
        return context.has_run() && context.explored->has_encoder &&
               run::has_bound(context.trainer->config);
    }
    struct Choice {
        const char *id, *title, *help;
    };
    static std::vector<Choice> choices();
    void choose(Context&);

    std::unique_ptr<gl::PointRenderer> renderer_;  // made when they are first drawn
    std::optional<Made> made_;
    RankedPoints ranked_;
    ThinnedPoints thinned_;
    // The scale of the bar beside the map, and what it is of.
    std::shared_ptr<const live::ScoresView> bar_of_;
    const Colouring* bar_by_ = nullptr;
    ColourScale bar_;
};

void ScoresLayer::render(const MapScene& scene, float scale) {
    if (!renderer_) renderer_ = std::make_unique<gl::PointRenderer>();
    const float point_px = scene.point_size * scale;
    if (change(scene) != GroundChange::kNothing) {
        const auto view = scores_of(scene);
        made_ = Made{scene.point_colour, scene.view_state.hidden_labels, has_images_behind(scene),
                     scene.points_version, view};
        ranked_ = ranked(scored(scene, view->scores), scene.map != nullptr
                                                          ? std::span(*scene.map->order)
                                                          : std::span<const std::uint32_t>());
    }
    thin(ranked_, scene.view, point_px / scene.view.pixels_per_unit(), 0, kMostPointsDrawn,
         thinned_);
    renderer_->upload(thinned_.points.xy, thinned_.points.labels);
    renderer_->draw(plane_rect(scene.view), scored_style(scene, point_px, scale), 0);
}

void ScoresLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    paint_points(raster, scene, scored(scene, scores_of(scene)->scores),
                 scored_style(scene, scene.point_size * scene.scale, scene.scale));
}

std::vector<ScoresLayer::Choice> ScoresLayer::choices() {
    std::vector<Choice> found{{"label", "Label", "The label of each image."}};
    for (const Colouring& each : colourings()) found.push_back({each.id, each.title, each.help});
    return found;
}

void ScoresLayer::add_actions(Context& context, WindowActions& actions) const {
    const char* why = has_choice(context) ? "" : "Nothing but their labels is known of the images.";
    for (const Choice& each : choices()) {
        actions.push_back({.id = std::string("map.colour.") + each.id,
                           .title = std::string("Colour the points by: ") + each.title,
                           .help = each.help,
                           .run = [&context, id = each.id] { context.settings.point_colour = id; },
                           .why_not = why,
                           .on = context.settings.point_colour == each.id});
    }
}

void ScoresLayer::choose(Context& context) {
    const Colouring* chosen = find_colouring(context.settings.point_colour);
    const char* title = chosen != nullptr ? chosen->title : "Label";
    ImGui::SetNextItemWidth(legend_width(context));
    if (ImGui::BeginCombo("##colour", title, ImGuiComboFlags_NoArrowButton)) {
        close_on_escape();
        for (const Choice& each : choices()) {
            if (ImGui::Selectable(each.title, context.settings.point_colour == each.id))
                context.settings.point_colour = each.id;
            context.layout.mark((std::string("map.colour.") + each.id).c_str());
            hover(context, each.help);
        }
        ImGui::EndCombo();
    }
    context.layout.mark("map.colour", title);
    hover(context, "What the points are coloured by.");
}

void ScoresLayer::draw_legend(Context& context, const PlacedPoints&, float /*below_px*/) {
    if (!has_choice(context)) return;
    const float scale = context.scale;
    take_legend_room(kAbovePx * scale);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    choose(context);
    const Colouring* colouring = find_colouring(context.settings.point_colour);
    if (colouring == nullptr) return;
    const auto view = context.views.get<live::ScoresView>();
    const ImVec2 at{corner.x, corner.y + kChoicePx * scale};
    ImGui::SetCursorScreenPos(at);
    take_legend_room(kColourBarPx * scale);
    hover(context, colouring->help);
    if (!view) return;
    if (view != bar_of_ || colouring != bar_by_) {
        bar_of_ = view;
        bar_by_ = colouring;
        bar_ = scale_of(values_of(*colouring, view->scores));
    }
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_bar({at.x, at.y}, *colouring, bar_, context.theme, scale, painter);
    context.layout.mark("map.colour_bar", reading(bar_.low) + " to " + reading(bar_.high));
}

void ScoresLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene)) return;
    const Colouring& colouring = *find_colouring(scene.point_colour);
    const ColourScale ends = scale_of(values_of(colouring, scores_of(scene)->scores));
    const charts::Pixel high = scene.high();
    draw_bar({high.x + kScoresBesidePx * scene.scale, scene.low().y}, colouring, ends, scene.theme,
             scene.scale, painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_scores_layer() { return std::make_unique<ScoresLayer>(); }

bool has_colours_of_scores(const MapScene& scene) { return scores_of(scene) != nullptr; }

}  // namespace elbow::gui
