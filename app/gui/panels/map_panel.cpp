#include "app/gui/panels/map_panel.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "app/gui/actions/path.h"
#include "app/gui/exports/map.h"
#include "app/gui/map/bookmarks_menu.h"
#include "app/gui/map/layers.h"
#include "app/gui/map/map_canvas.h"
#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_marks.h"
#include "app/gui/map/map_mouse.h"
#include "app/gui/map/map_scene.h"
#include "app/gui/map/map_view.h"
#include "app/gui/map/selecting.h"
#include "app/gui/map/thinning.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/map.h"
#include "engine/run/measure.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kEdgePx = 8.0f;                    // between the plot and the legend
constexpr float kHeldPx = kHandleRadiusPx + 4.0f;  // of a disc with its halo
constexpr float kLeastPlotPx = 150.0f;  // the legend steps behind a button where it leaves less
constexpr double kFitSlack =
    0.04;  // the fitted view moves only when it is off by more than this part

bool has_normal_prior(const Context& context) {
    return run::has_normal_prior(context.trainer->config);
}

class MapPanel final : public Panel {
  public:
    explicit MapPanel(Shows shows) : shows_(shows) {}
    const char* id() const override { return shows_ == Shows::kSecond ? "second_map" : "map"; }
    const char* title() const override { return "Latent map"; }
    Spot home() const override { return {{}, Side::kRight, {0.5f}, {}}; }
    const char* place() const override { return "map"; }
    PanelSize least() const override { return {260.0f, 170.0f}; }
    bool edge_to_edge() const override { return true; }
    Shows shows() const override { return shows_; }
    void add_actions(Context&, WindowActions&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    struct Plot {
        ImVec2 low, size;  // pixels
    };
    void place(Context&);
    void fit_anew(Context&);
    WindowAction fit_action(Context&);
    void fit(Context&, ImVec2 size);
    Plot plot_area(const Context&, const AxisWords&, float legend);
    void ask(Context&, const MapScene&);
    MapScene scene(const Context&, const PlaneView&, const AxisWords&) const;
    void draw_scene(Context&, const MapScene&);
    float legend_width(const Context&) const;
    float legend_height(const Context&) const;
    void draw_legend(Context&);
    void draw_folded_legend(Context&);
    MapTargets targets(const Context&) const;
    void menu(Context&, const PlaneView&);
    void view_entries(Context&);

    const Shows shows_;
    const MapLayers layers_ = make_map_layers();
    MapCanvas canvas_;
    // The points, placed anew when the map or the axes change.
    std::shared_ptr<const live::MapView> map_;
    int x_axis_ = -1, y_axis_ = -1, latents_ = -1;
    Selection alone_;  // the points of these alone; empty: all
    std::shared_ptr<const io::ImageColumns> columns_;
    std::string column_;  // as MapClasses has it
    bool paper_view_ = false;
    PlacedPoints points_;
    RankedPoints ranked_;  // empty where all are drawn
    std::uint64_t points_version_ = 0;
    PointExtent extent_;
    std::uint64_t extent_version_ = 0;
    // The view that fits.
    MapRect fit_target_, fitted_points_;  // the second: what its points alone asked for
    ImVec2 fitted_size_{};                // zero: the next fit is a new one
    bool fits_closely_ = true;            // no disc that came back has left it wider than needed
    MapGutters gutters_{};
    bool legend_folded_ = false;
    MapMouse mouse_;
    PlaceMenu menu_;
    std::optional<std::size_t> menu_waypoint_;  // that the menu is of
    BookmarksMenu bookmarks_;
};

void MapPanel::draw_title_controls(Context& context) {
    for (const auto& layer : layers_) {
        const LayerToggle* shown = layer->toggle();
        if (shown == nullptr) continue;
        bool on = layer->on(context);
        if (toggle(context, (std::string("map.toggle.") + shown->name).c_str(), shown->title, on,
                   shown->help, layer->why_not(context)))
            layer->turn(context, on);
        ImGui::SameLine();
    }
    action_button(context, "Fit", fit_action(context));
    ImGui::SameLine();
    bookmarks_.draw(context);
    if (legend_folded_) draw_folded_legend(context);
}

void MapPanel::draw_folded_legend(Context& context) {
    ImGui::SameLine();
    if (button(context, "map.legend", "Legend",
               "The labels' colours, and with more than two latents the axes: there is no room for "
               "them beside the map."))
        ImGui::OpenPopup("legend");
    if (!ImGui::BeginPopup("legend")) return;
    close_on_escape();
    ImGui::BeginChild("##legend", {legend_width(context), legend_height(context)});
    draw_legend(context);
    ImGui::EndChild();
    ImGui::EndPopup();
}

WindowAction MapPanel::fit_action(Context& context) {
    const bool fits = context.view_state.follow_fit && fits_closely_;
    return {.id = "map.fit",
            .title = "Fit the map to the points, the dot, A and B",
            .help =
                "Fits the view to the points, the dot, A and B, and keeps it fitted (F, or a "
                "double click).",
            .run = [this, &context] { fit_anew(context); },
            .why_not = fits ? "The view fits already." : "",
            .keys = {{Key::kF}},
            .reach = Reach::kMenus};
}

void MapPanel::add_actions(Context& context, WindowActions& actions) {
    for (const auto& layer : layers_) layer->add_actions(context, actions);
    actions.push_back(fit_action(context));
    actions.push_back(remove_waypoint_action(context, mouse_.over().waypoint));
    BookmarksMenu::add_actions(context, actions);
    actions.push_back(
        {.id = "menu.all_labels",
         .title = "Show the points of all labels",
         .help = "Those that were hidden in the legend come back.",
         .run = [&context] { context.view_state.hidden_labels = 0; },
         .why_not = context.view_state.hidden_labels == 0 ? "No label is hidden." : ""});
}

void MapPanel::place(Context& context) {
    ViewState& view_state = context.view_state;
    const auto map = context.views.get<live::MapView>();
    const MapClasses classes = map_classes(context);
    const bool table_is_read = context.columns != nullptr || view_state.table.empty();
    if (table_is_read) fit_hidden(view_state, classes);
    const Selection alone = view_state.isolate ? view_state.selection : Selection();
    if (map == map_ && view_state.x_axis == x_axis_ && view_state.y_axis == y_axis_ &&
        context.latents() == latents_ && alone == alone_ && view_state.paper_view == paper_view_ &&
        context.columns == columns_ && classes.column == column_)
        return;
    columns_ = context.columns;
    column_ = classes.column;
    paper_view_ = view_state.paper_view;
    alone_ = alone;
    latents_ = context.latents();
    map_ = map;
    x_axis_ = view_state.x_axis;
    y_axis_ = view_state.y_axis;
    points_ = {};
    ranked_ = {};
    if (map && map->map.latents == context.latents())
        points_ = isolated(place_points(map->map, classes.of, classes.count(), x_axis_, y_axis_),
                           view_state);
    if (paper_view_) into_unit_square(points_);
    if (points_.count() > kMostPointsDrawn) ranked_ = ranked(points_, *map->order);
    ++points_version_;
}

void MapPanel::fit_anew(Context& context) {
    context.view_state.follow_fit = true;
    fitted_size_ = {};
}

void MapPanel::fit(Context& context, ImVec2 size) {
    ViewState& view_state = context.view_state;
    if (!view_state.follow_fit) {
        fitted_size_ = {};
        return;
    }
    if (mouse_.holds_a_disc()) return;
    if (extent_version_ != points_version_) {
        extent_ = point_extent(ranked_.count() > 0 ? sample_places(ranked_, kMostPointsDrawn)
                                                   : points_.xy);
        extent_version_ = points_version_;
    }
    const float held_px = kHeldPx * context.scale;
    FitWish wish{extent_, has_normal_prior(context), {}};
    if (view_state.paper_view) wish = {unit_square(), false, {}};
    const MapRect of_points = fitted(wish, size, held_px);
    for (const auto& layer : layers_)
        if (layer->on(context) && layer->fits(view_state)) layer->hold(view_state, wish.held);
    // A disc that was dragged within the view leaves the view alone.
    const double off = (std::abs(of_points.half_height - fitted_points_.half_height) +
                        std::hypot(of_points.x_center - fitted_points_.x_center,
                                   of_points.y_center - fitted_points_.y_center)) /
                       fitted_points_.half_height;
    const bool other_size = fitted_size_.x != size.x || fitted_size_.y != size.y;
    const MapRect closest = fitted(wish, size, held_px);
    if (off > kFitSlack || other_size || !holds(fit_target_, wish, size, held_px)) {
        fit_target_ = closest;
        fitted_points_ = of_points;
    }
    fits_closely_ = fit_target_.half_height < (1.0 + 2.0 * kFitSlack) * closest.half_height;
    fitted_size_ = size;
    if (view_state.rect == fit_target_) return;
    view_state.rect = approached(view_state.rect, fit_target_, ImGui::GetIO().DeltaTime);
}

// The dot's image is asked for in the frame that moves the dot.
void MapPanel::ask(Context& context, const MapScene& scene) {
    context.visible.of_map = asked_by(layers_, scene);
    context.follow_dot();
}

MapScene MapPanel::scene(const Context& context, const PlaneView& view,
                         const AxisWords& words) const {
    return {.view_state = context.view_state,
            .theme = context.theme,
            .words = words,
            .layers = context.settings.layers,
            .points = points_,
            .view = view,
            .gutters = gutters_,
            .scale = context.scale,
            .backdrop = context.settings.backdrop,
            .points_shown = context.settings.points_shown,
            .point_size = context.settings.point_size,
            .point_colour = context.settings.point_colour,
            .prior = has_normal_prior(context),
            .own_prior = run::has_own_prior(context.trainer->config),
            .spread_known = run::has_bound(context.trainer->config),
            .map = map_.get(),
            .views = &context.views,
            .image_shape = context.dataset()->shape(),
            .dataset = context.dataset(),
            .columns = context.columns.get(),
            .codes = context.codes.get(),
            .estimates = context.visible.of_panels.find<live::EstimatesQuery>(),
            .over = mouse_.over(),
            .ranked = &ranked_,
            .points_version = points_version_};
}

void MapPanel::draw_scene(Context& context, const MapScene& scene) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    canvas_.show(context, scene, layers_, list);
    ScreenPainter painter(list);
    draw_layers(layers_, scene, painter,
                [&](MapLayer& layer) { layer.draw_on_screen(context, scene, list); });
}

float MapPanel::legend_width(const Context& context) const {
    float width = 0.0f;
    for (const auto& layer : layers_)
        if (layer->fits(context.view_state)) width = std::max(width, layer->legend_width(context));
    return width;
}

float MapPanel::legend_height(const Context& context) const {
    float height = 0.0f;
    for (const auto& layer : layers_)
        if (layer->fits(context.view_state)) height += layer->legend_height(context);
    return height;
}

void MapPanel::draw_legend(Context& context) {
    for (auto layer = layers_.begin(); layer != layers_.end(); ++layer) {
        if (!(*layer)->fits(context.view_state)) continue;
        float below = 0.0f;
        for (auto next = layer + 1; next != layers_.end(); ++next)
            if ((*next)->fits(context.view_state)) below += (*next)->legend_height(context);
        (*layer)->draw_legend(context, points_, below);
    }
}

void MapPanel::view_entries(Context& context) {
    ImGui::Separator();
    const auto entry = [&](const std::string& name, const char* label, const char* key, bool on,
                           bool can) {
        const bool chosen = ImGui::MenuItem(label, key, on, can);
        context.layout.mark(name.c_str(), on ? "on" : "off");
        return chosen;
    };
    if (entry("menu.fit", "Fit", "F", context.view_state.follow_fit, true))
        context.view_state.follow_fit = true;
    for (const auto& layer : layers_) {
        const LayerToggle* toggle = layer->toggle();
        if (toggle == nullptr || !toggle->key) continue;
        const bool on = layer->on(context);
        if (entry(std::string("menu.") + toggle->name, toggle->title, toggle->letter, on,
                  layer->why_not(context).empty()))
            layer->turn(context, !on);
        layer->draw_menu(context);
    }
}

// What lies on top comes last in the list.
MapTargets MapPanel::targets(const Context& context) const {
    return {points_, map_ ? &map_->map : nullptr, [this, &context](ImVec2 pixel) {
                std::optional<int> image;
                for (const auto& layer : layers_) {
                    if (!layer->on(context)) continue;
                    if (const auto own = layer->image_at(pixel)) image = own;
                }
                return image;
            }};
}

// On a point the menu is of its image, on a waypoint of that, else of the place.
void MapPanel::menu(Context& context, const PlaneView& view) {
    if (const std::optional<ImVec2>& at = mouse_.asked_for_menu()) {
        menu_waypoint_ = mouse_.over().waypoint;
        std::optional<int> image;
        if (!menu_waypoint_) image = MapMouse::point_at(context, view, targets(context), *at);
        std::vector<float> z;
        if (menu_waypoint_) z = waypoint_at(context.view_state, *menu_waypoint_);
        if (image) z = code_on_map(context, *image);
        if (z.empty()) z = lifted(context.view_state, view.to_plane(*at));
        menu_.open(std::move(z), image);
    }
    menu_.draw(context, [&] {
        if (menu_waypoint_) remove_waypoint_entry(context, *menu_waypoint_);
        view_entries(context);
    });
}

// What the axes and the legend leave of the panel.
MapPanel::Plot MapPanel::plot_area(const Context& context, const AxisWords& words, float legend) {
    const float scale = context.scale;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    gutters_ = map_gutters(context.view_state.rect, words, space.y, scale, gutters_.left);
    const ImVec2 low{std::round(corner.x + gutters_.left), std::round(corner.y + gutters_.top)};
    return {low,
            {std::floor(std::max(space.x - gutters_.left - kEdgePx * scale - legend, 40.0f)),
             std::floor(std::max(space.y - gutters_.top - gutters_.bottom, 40.0f))}};
}

void MapPanel::draw(Context& context) {
    const ViewState& view_state = context.view_state;
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!context.has_run() || view_state.cursor.size() != latents ||
        view_state.anchor.size() != latents || view_state.path_from.size() != latents ||
        view_state.path_to.size() != latents)
        return waiting_text(context, waiting_reason(context));
    const float edge = kEdgePx * context.scale;
    const float beside = legend_width(context);
    legend_folded_ = ImGui::GetContentRegionAvail().x - gutters_.left - edge - beside <
                     kLeastPlotPx * context.scale;
    const float legend = legend_folded_ ? 0.0f : beside;
    place(context);
    const AxisWords words = axis_words(context, points_.row_unit);
    const auto [low, size] = plot_area(context, words, legend);
    fit(context, size);

    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton("##map", size,
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) note_under_mouse(context, map_export());
    if (context.notes != nullptr)
        context.notes->map_size = {size.x / context.scale, size.y / context.scale};
    mouse_.interact(context, PlaneView(view_state.rect, low, size), targets(context), hovered);
    const PlaneView view(view_state.rect, low, size);
    if (context.layout.enabled())
        context.layout.mark("map.canvas", view.min_px(), view.max_px(),
                            fixed(view.x_min(), 5) + "," + fixed(view.x_max(), 5) + "," +
                                fixed(view.y_min(), 5) + "," + fixed(view.y_max(), 5));
    const MapScene shown = scene(context, view, words);
    ask(context, shown);
    draw_scene(context, shown);
    menu(context, view);
    if (hovered && mouse_.rests()) {
        for (const auto& layer : layers_)
            if (layer->fits(view_state) && layer->draw_tooltip(context, shown)) break;
    }

    if (legend_folded_) return;
    ImGui::SetCursorScreenPos({low.x + size.x + edge, low.y});
    ImGui::BeginChild("##legend", {legend, size.y});
    draw_legend(context);
    ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_map_panel(Shows shows) { return std::make_unique<MapPanel>(shows); }

}  // namespace elbow::gui
