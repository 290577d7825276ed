// The points coloured by what the model makes of each image, or by what is known of it, in the
// place of its label: with the choice of that in the legend, and a bar that says which colour is
// how much and of how many images, on which a brush selects.

#include "engine/live/questions/scores.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gl/map_renderers.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/ground.h"
#include "app/gui/map/layer.h"
#include "app/gui/map/layers/backdrop.h"
#include "app/gui/map/layers/points.h"
#include "app/gui/map/map_legend.h"
#include "app/gui/map/value_brush.h"
#include "app/gui/panels/picture.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/plot_scale.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kAbovePx = 6.0f, kChoicePx = 28.0f, kScoresBesidePx = 8.0f;
constexpr float kBorderPx = 4.0f;  // between the choice and the panel's border

// Where the points' values are from.
struct ValueSource {
    Colouring colouring;
    std::shared_ptr<const live::ScoresView> scores;  // null: not of what the model makes of them

    std::vector<float> values() const {
        return colouring.values(scores ? &scores->scores : nullptr);
    }
    bool operator==(const ValueSource& other) const {
        return colouring.id == other.colouring.id && scores == other.scores &&
               colouring.known.data() == other.colouring.known.data();
    }
};

// Absent: nobody wants them, or they are not there yet.
std::optional<ValueSource> source_of(std::optional<Colouring> colouring,
                                     std::shared_ptr<const live::ScoresView> scores, int points) {
    if (!colouring || colouring->classes != nullptr) return std::nullopt;
    if (colouring->score == nullptr) scores = nullptr;
    const std::size_t count = scores ? scores->scores.kl.size() : colouring->known.size();
    if (count != static_cast<std::size_t>(points)) return std::nullopt;
    return ValueSource{std::move(*colouring), std::move(scores)};
}
std::optional<ValueSource> source_of(const MapScene& scene) {
    return source_of(find_colouring(scene.point_colour, scene.dataset, scene.columns),
                     scene.answer<live::ScoresView>(), scene.points.count());
}
std::optional<Colouring> colouring_of(const Context& context) {
    return find_colouring(context.settings.point_colour, context.dataset(), context.columns.get());
}
// Of what has a bar: of classes the labels' rows say the colours.
bool has_bar(const std::optional<Colouring>& colouring) {
    return colouring && colouring->classes == nullptr;
}

// With their steps for labels; those whose labels are hidden are nowhere.
PlacedPoints scored(const MapScene& scene, const std::vector<float>& values) {
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

struct Bar {
    ColourScale ends;
    Histogram shares;
    explicit Bar(const std::vector<float>& values)
        : ends(scale_of(values)), shares(histogram_of(values, ends)) {}
};

void draw_bar(charts::Pixel at, const Colouring& colouring, const Bar& bar, const Theme& theme,
              float scale, charts::Painter& painter) {
    std::array<charts::Ink, kColourSteps> steps;
    std::transform(theme.steps.begin(), theme.steps.end(), steps.begin(),
                   [](ImU32 colour) { return ink(colour); });
    draw_colour_bar(
        {colouring.unit.c_str(), steps, reading(bar.ends.low), reading(bar.ends.high), bar.shares},
        theme, at, scale, painter);
}

class ScoresLayer final : public MapLayer {
  public:
    void ask(const MapScene& scene, live::ExploreRequest& request) override {
        const auto colouring = find_colouring(scene.point_colour, scene.dataset, scene.columns);
        if (colouring && colouring->score != nullptr) request.ask(live::ScoresQuery{});
    }
    bool shown(const MapScene& scene) const override {
        return scene.points_shown && source_of(scene);
    }
    GroundChange change(const MapScene& scene) const override {
        const auto source = source_of(scene);
        if (!made_ || !source || made_->source.colouring.id != source->colouring.id ||
            made_->hidden_labels != scene.view_state.hidden_labels ||
            made_->on_images != has_images_behind(scene))
            return GroundChange::kOther;
        const bool same = made_->points == scene.points_version && made_->source == *source;
        return same ? GroundChange::kNothing : GroundChange::kNewer;
    }
    void render(const MapScene&, float scale) override;
    void paint(const MapScene&, charts::Raster&) const override;
    void draw_shapes(const MapScene& scene, charts::SvgPainter& painter) const override {
        draw_points(painter, scene, scored(scene, source_of(scene)->values()),
                    scored_style(scene, scene.point_size * scene.scale, scene.scale));
    }
    void draw_on_screen(Context& context, const MapScene& scene, ImDrawList*) override {
        context.layout.mark("map.scores", scene.point_colour);
    }
    float legend_width(const Context& context) const override {
        return has_choice(context) ? ImGui::CalcTextSize("Reconstr.  ").x +
                                         ImGui::GetFrameHeight() + kBorderPx * context.scale
                                   : 0.0f;
    }
    float legend_height(const Context& context) const override {
        if (!has_choice(context)) return 0.0f;
        return (kAbovePx + kChoicePx + (has_bar(colouring_of(context)) ? kColourBarPx : 0.0f)) *
               context.scale;
    }
    void draw_legend(Context&, const PlacedPoints&, float below_px) override;
    void add_actions(Context&, WindowActions&) const override;
    std::size_t legend_letters(const MapScene& scene) const override {
        return has_bar(find_colouring(scene.point_colour, scene.dataset, scene.columns)) ? 8 : 0;
    }
    void draw_legend_beside(const MapScene&, charts::Painter&) const override;

  private:
    // What was drawn last.
    struct Made {
        ValueSource source;
        std::uint32_t hidden_labels = 0;
        bool on_images = false;
        std::uint64_t points = 0;
    };
    static std::vector<Colouring> choices(const Context&);
    static bool has_choice(const Context& context) {
        return context.has_run() && context.explored->has_encoder && choices(context).size() > 1;
    }
    void choose(Context&);

    std::unique_ptr<gl::PointRenderer> renderer_;  // made when they are first drawn
    std::optional<Made> made_;
    RankedPoints ranked_;
    ThinnedPoints thinned_;
    // The bar beside the map, and what it is of.
    struct Legend {
        ValueSource source;
        std::vector<float> values;
        Bar bar;
    };
    std::optional<Legend> legend_;
    ValueBrush brush_;
};

void ScoresLayer::render(const MapScene& scene, float scale) {
    if (!renderer_) renderer_ = std::make_unique<gl::PointRenderer>();
    const float point_px = scene.point_size * scale;
    if (change(scene) != GroundChange::kNothing) {
        made_ = Made{*source_of(scene), scene.view_state.hidden_labels, has_images_behind(scene),
                     scene.points_version};
        ranked_ = ranked(
            scored(scene, made_->source.values()),
            scene.map != nullptr ? std::span(*scene.map->order) : std::span<const std::uint32_t>());
    }
    thin(ranked_, scene.seen_view(), scene.view, point_px / scene.view.pixels_per_unit(), 0,
         kMostPointsDrawn, thinned_);
    renderer_->upload(thinned_.points.xy, thinned_.points.labels);
    renderer_->draw(plane_rect(scene.view), scored_style(scene, point_px, scale), 0);
}

void ScoresLayer::paint(const MapScene& scene, charts::Raster& raster) const {
    paint_points(raster, scene, scored(scene, source_of(scene)->values()),
                 scored_style(scene, scene.point_size * scene.scale, scene.scale));
}

// What the model makes of the images only where it has a bound.
std::vector<Colouring> ScoresLayer::choices(const Context& context) {
    std::vector<Colouring> found = colourings(context.dataset(), context.columns.get());
    if (!run::has_bound(context.trainer->config))
        std::erase_if(found, [](const Colouring& each) { return each.score != nullptr; });
    found.insert(found.begin(),
                 {.id = "label", .title = "Label", .unit = "", .help = "The label of each image."});
    return found;
}

void ScoresLayer::add_actions(Context& context, WindowActions& actions) const {
    const char* why = has_choice(context) ? "" : "Nothing but their labels is known of the images.";
    for (Colouring& each : choices(context)) {
        const bool chosen = context.settings.point_colour == each.id;
        actions.push_back({.id = "map.colour." + each.id,
                           .title = "Colour the points by: " + each.title,
                           .help = std::move(each.help),
                           .run = [&context, id = each.id] { context.settings.point_colour = id; },
                           .why_not = why,
                           .on = chosen});
    }
}

void ScoresLayer::choose(Context& context) {
    const std::optional<Colouring> chosen = colouring_of(context);
    const std::string title = chosen ? chosen->title : "Label";
    // Narrower where a long legend has a scroll bar.
    const float width = std::min(legend_width(context) - kBorderPx * context.scale,
                                 ImGui::GetContentRegionAvail().x);
    ImGui::SetNextItemWidth(width);
    const float room = width - ImGui::GetFrameHeight() - 2.0f * ImGui::GetStyle().FramePadding.x;
    if (ImGui::BeginCombo("##colour", fitted(title, room).c_str())) {
        close_on_escape();
        for (const Colouring& each : choices(context)) {
            if (ImGui::Selectable((each.title + "##" + each.id).c_str(),
                                  context.settings.point_colour == each.id))
                context.settings.point_colour = each.id;
            context.layout.mark(("map.colour." + each.id).c_str());
            hover(context, each.help.c_str());
        }
        ImGui::EndCombo();
    }
    context.layout.mark("map.colour", title);
    hover(context,
          "What the points are coloured by. A CSV with a line for each held-out image, dropped on "
          "the window, adds its columns.");
}

void ScoresLayer::draw_legend(Context& context, const PlacedPoints& points, float /*below_px*/) {
    if (!has_choice(context)) return;
    const float scale = context.scale;
    take_legend_room(kAbovePx * scale);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    choose(context);
    const std::optional<Colouring> colouring = colouring_of(context);
    if (!has_bar(colouring)) return;
    const ImVec2 at{corner.x, corner.y + kChoicePx * scale};
    ImGui::SetCursorScreenPos(at);
    take_legend_room(kColourBarPx * scale);
    hover(context, colouring->help.c_str());
    const ImVec2 below = ImGui::GetCursorScreenPos();
    auto source = source_of(colouring, context.views.get<live::ScoresView>(), points.count());
    if (!source) return;
    if (!legend_ || !(legend_->source == *source)) {
        std::vector<float> values = source->values();
        const Bar bar(values);
        legend_ = Legend{std::move(*source), std::move(values), bar};
    }
    ScreenPainter painter(ImGui::GetWindowDrawList());
    draw_bar({at.x, at.y}, *colouring, legend_->bar, context.theme, scale, painter);
    const ColourScale& ends = legend_->bar.ends;
    context.layout.mark("map.colour_bar", reading(ends.low) + " to " + reading(ends.high));
    brush_.draw(context, points, legend_->values, ends, colour_bar_place({at.x, at.y}, scale),
                at.x + legend_width(context), colouring->help.c_str());
    ImGui::SetCursorScreenPos(below);
}

void ScoresLayer::draw_legend_beside(const MapScene& scene, charts::Painter& painter) const {
    if (!shown(scene)) return;
    const ValueSource source = *source_of(scene);
    const charts::Pixel high = scene.high();
    draw_bar({high.x + kScoresBesidePx * scene.scale, scene.low().y}, source.colouring,
             Bar(source.values()), scene.theme, scene.scale, painter);
}

}  // namespace

std::unique_ptr<MapLayer> make_scores_layer() { return std::make_unique<ScoresLayer>(); }

bool has_colours_of_scores(const MapScene& scene) { return source_of(scene).has_value(); }

}  // namespace elbow::gui
