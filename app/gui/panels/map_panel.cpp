#include "app/gui/panels/map_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/keys.h"
#include "app/gui/panels/map_axes.h"
#include "app/gui/panels/map_canvas.h"
#include "app/gui/panels/map_inset.h"
#include "app/gui/panels/map_legend.h"
#include "app/gui/panels/map_mouse.h"
#include "app/gui/panels/map_overlay.h"
#include "app/gui/panels/map_tooltip.h"
#include "app/gui/panels/map_view.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/place_menu.h"
#include "app/gui/panels/thinning.h"
#include "app/gui/widgets/controls.h"
#include "engine/train/held_out.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kEdgePx = 8.0f;                    // between the plot and the legend
constexpr float kHeldPx = kHandleRadiusPx + 4.0f;  // of a disc with its halo
constexpr double kFitSlack =
    0.04;  // the fitted view moves only when it is off by more than this part

bool has_prior(const Context& context) { return train::has_prior(context.trainer->config); }

class MapPanel final : public Panel {
  public:
    explicit MapPanel(Shows shows) : shows_(shows) {}
    const char* id() const override { return shows_ == Shows::kSecond ? "second_map" : "map"; }
    const char* title() const override { return "Latent map"; }
    Slot slot() const override { return Slot::kCentre; }
    Shows shows() const override { return shows_; }
    void tick(Context&) override;
    void draw(Context&) override;
    void draw_title_controls(Context&) override;

  private:
    struct Plot {
        ImVec2 low, size;  // pixels
    };
    void place(Context&);
    void fit_anew(Context&);
    void fit(Context&, ImVec2 size);
    Plot plot_area(const Context&, const AxisWords&, float legend);
    void ask(Context&, const PlaneView&);
    void draw_over(Context&, const PlaneView&, const AxisWords&);
    void menu(Context&, const PlaneView&);
    static void view_entries(Context&);

    const Shows shows_;
    MapCanvas canvas_;
    std::shared_ptr<const train::ManifoldView> manifold_;  // the last that was weighed
    ManifoldFineness fineness_;
    // The points, placed anew when the map or the axes change.
    std::shared_ptr<const train::MapView> map_;
    int x_axis_ = -1, y_axis_ = -1, latents_ = -1;
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
    MapMouse mouse_;
    MapTooltip tooltip_;
    MapInset inset_;
    PlaceMenu menu_;
    AxisSearch search_;
};

void MapPanel::draw_title_controls(Context& context) {
    Backdrop& backdrop = context.settings.backdrop;
    const auto backdrop_toggle = [&](const char* name, const char* label, Backdrop which,
                                     const char* help, const std::string& disabled_because = {}) {
        bool on = backdrop == which;
        if (toggle(context, name, label, on, help, disabled_because))
            backdrop = on ? which : Backdrop::kNone;
        ImGui::SameLine();
    };
    toggle(context, "map.toggle.points", "Points", context.settings.points_shown,
           "The held-out images, each at the mean of its q(z|x) (P). Their size is under View.");
    ImGui::SameLine();
    backdrop_toggle("map.toggle.manifold", "Manifold", Backdrop::kManifold,
                    "Decoded images behind the points: each shows what the decoder makes of the z "
                    "under its middle (M).");
    backdrop_toggle("map.toggle.density", "Density", Backdrop::kDensity,
                    "The density of the prior N(0, I) behind the points, with rings at 1, 2 and 3 "
                    "standard deviations "
                    "(D).",
                    has_prior(context) ? "" : "This estimator has no prior.");
    toggle(
        context, "map.toggle.path", "Path", context.exploration.path_shown,
        "The path from A to B, whose decoded images are in the strip below, and its two handles.");
    ImGui::SameLine();
    if (button(context, "map.fit", "Fit",
               "Fits the view to the points, the dot, A and B, and keeps it fitted (F, or a double "
               "click).",
               context.exploration.follow_fit && fits_closely_ ? "The view fits already." : ""))
        fit_anew(context);
}

void MapPanel::tick(Context& context) {
    Backdrop& backdrop = context.settings.backdrop;
    if (pressed(Key::kM))
        backdrop = backdrop == Backdrop::kManifold ? Backdrop::kNone : Backdrop::kManifold;
    if (pressed(Key::kD))
        backdrop = backdrop == Backdrop::kDensity ? Backdrop::kNone : Backdrop::kDensity;
    if (pressed(Key::kP)) context.settings.points_shown = !context.settings.points_shown;
    if (pressed(Key::kF)) fit_anew(context);
}

void MapPanel::place(Context& context) {
    const Exploration& exploration = context.exploration;
    const auto& map = context.views.map;
    if (map == map_ && exploration.x_axis == x_axis_ && exploration.y_axis == y_axis_ &&
        context.latents() == latents_)
        return;
    latents_ = context.latents();
    map_ = map;
    x_axis_ = exploration.x_axis;
    y_axis_ = exploration.y_axis;
    points_ = {};
    ranked_ = {};
    if (map && map->map.latents == context.latents())
        points_ =
            place_points(map->map, context.dataset()->held_out.labels,
                         static_cast<int>(context.dataset()->class_names.size()), x_axis_, y_axis_);
    if (points_.count() > kMostPointsDrawn) ranked_ = ranked(points_, *map->order);
    ++points_version_;
}

void MapPanel::fit_anew(Context& context) {
    context.exploration.follow_fit = true;
    fitted_size_ = {};
}

void MapPanel::fit(Context& context, ImVec2 size) {
    Exploration& exploration = context.exploration;
    if (!exploration.follow_fit) {
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
    FitWish wish{extent_, has_prior(context), {}};
    const MapRect of_points = fitted(wish, size, held_px);
    wish.held.push_back(projected(exploration, exploration.cursor));
    if (exploration.path_shown) {
        wish.held.push_back(projected(exploration, exploration.path_from));
        wish.held.push_back(projected(exploration, exploration.path_to));
    }
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
    if (exploration.rect == fit_target_) return;
    exploration.rect = approached(exploration.rect, fit_target_, ImGui::GetIO().DeltaTime);
}

void MapPanel::ask(Context& context, const PlaneView& view) {
    const Exploration& exploration = context.exploration;
    train::ExploreRequest& request = context.request;
    request.map = true;
    request.point = exploration.point;
    request.manifold.reset();
    if (const auto& manifold = context.views.manifold; manifold != manifold_) {
        manifold_ = manifold;
        if (manifold) {
            fineness_.took(manifold->request.columns * manifold->request.rows, manifold->seconds);
        }
    }
    if (context.settings.backdrop == Backdrop::kManifold) {
        request.manifold =
            aligned_grid(view, kSmallestCellPx * context.scale, fineness_.most_cells());
        request.manifold->x_axis = exploration.x_axis;
        request.manifold->y_axis = context.latents() < 2 ? exploration.x_axis : exploration.y_axis;
        request.manifold->anchor = exploration.anchor;
    }
    const bool moved = request.cursor_z != exploration.cursor;
    request.cursor_z = exploration.cursor;
    if (moved) context.post_request();
}

void MapPanel::draw_over(Context& context, const PlaneView& view, const AxisWords& words) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const OverlayState& over = mouse_.over();
    draw_axes(context, list, view, gutters_, words, context.latents() <= 2);
    list->PushClipRect(view.min_px(), view.max_px(), true);
    if (context.latents() < 2 && context.settings.backdrop == Backdrop::kDensity &&
        has_prior(context))
        draw_prior_curve(context, list, view);
    if (context.maximised) inset_.draw(context, list, view);
    draw_posterior(context, list, view, points_);
    if (context.exploration.path_shown) {
        draw_path(context, list, view);
        draw_handles(context, list, view, over);
    }
    draw_hovered_point(context, list, view, points_, over);
    draw_dot(context, list, view, over);
    if (!context.trainer->snapshot->has_encoder) {
        const float gap = 8.0f * context.scale;
        halo_text(list, {view.min_px().x + gap, view.min_px().y + gap}, context.theme.text,
                  context.theme.map_background, "No encoder, so no image is placed.");
    }
    list->PopClipRect();
}

void MapPanel::view_entries(Context& context) {
    Settings& settings = context.settings;
    ImGui::Separator();
    const auto entry = [&](const char* name, const char* label, const char* key, bool on,
                           bool can) {
        const bool chosen = ImGui::MenuItem(label, key, on, can);
        context.layout.mark(name, on ? "on" : "off");
        return chosen;
    };
    const auto backdrop = [&](const char* name, const char* label, const char* key, Backdrop which,
                              bool can) {
        const bool on = settings.backdrop == which;
        if (entry(name, label, key, on, can)) settings.backdrop = on ? Backdrop::kNone : which;
    };
    if (entry("menu.fit", "Fit", "F", context.exploration.follow_fit, true))
        context.exploration.follow_fit = true;
    if (entry("menu.points", "Points", "P", settings.points_shown, true))
        settings.points_shown = !settings.points_shown;
    ImGui::SetNextItemWidth(120.0f * context.scale);
    ImGui::SliderFloat("##size", &settings.point_size, 1.0f, 12.0f, "Size %.1f px",
                       ImGuiSliderFlags_AlwaysClamp);
    backdrop("menu.manifold", "Manifold", "M", Backdrop::kManifold, true);
    backdrop("menu.density", "Density", "D", Backdrop::kDensity, has_prior(context));
}

// On a point the menu is of its image, else of the place.
void MapPanel::menu(Context& context, const PlaneView& view) {
    if (const std::optional<ImVec2>& at = mouse_.asked_for_menu()) {
        const std::optional<int> image = MapMouse::point_at(context, view, {points_, nullptr}, *at);
        std::vector<float> z;
        if (image) z = code_on_map(context, *image);
        if (z.empty()) z = lifted(context.exploration, view.to_plane(*at));
        menu_.open(std::move(z), image);
    }
    menu_.draw(context, [&] { view_entries(context); });
}

// What the axes and the legend leave of the panel.
MapPanel::Plot MapPanel::plot_area(const Context& context, const AxisWords& words, float legend) {
    const float scale = context.scale;
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    gutters_ = map_gutters(context.exploration.rect, words, space.y, scale, gutters_.left);
    const ImVec2 low{std::round(corner.x + gutters_.left), std::round(corner.y + gutters_.top)};
    return {low,
            {std::floor(std::max(space.x - gutters_.left - kEdgePx * scale - legend, 40.0f)),
             std::floor(std::max(space.y - gutters_.top - gutters_.bottom, 40.0f))}};
}

void MapPanel::draw(Context& context) {
    const Exploration& exploration = context.exploration;
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!context.has_run() || exploration.cursor.size() != latents ||
        exploration.anchor.size() != latents || exploration.path_from.size() != latents ||
        exploration.path_to.size() != latents)
        return waiting_text(context, waiting_reason(context));
    const float legend = legend_width(context);
    const AxisWords words = axis_words(context);
    const auto [low, size] = plot_area(context, words, legend);
    place(context);
    fit(context, size);

    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton("##map", size,
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) note_under_mouse(context, ExportKind::kMap);
    if (context.notes != nullptr)
        context.notes->map_size = {size.x / context.scale, size.y / context.scale};
    mouse_.interact(context, PlaneView(exploration.rect, low, size),
                    {points_, map_ ? &map_->map : nullptr}, hovered);
    const PlaneView view(exploration.rect, low, size);
    ask(context, view);
    if (context.layout.enabled())
        context.layout.mark("map.canvas", view.min_px(), view.max_px(),
                            fixed(view.x_min(), 5) + "," + fixed(view.x_max(), 5) + "," +
                                fixed(view.y_min(), 5) + "," + fixed(view.y_max(), 5));
    canvas_.show(context, view, points_, ranked_, points_version_, ImGui::GetWindowDrawList());
    draw_over(context, view, words);
    menu(context, view);
    if (hovered && mouse_.rests())
        tooltip_.draw(context, mouse_.over(), map_ ? &map_->map : nullptr);

    ImGui::SetCursorScreenPos({low.x + size.x + kEdgePx * context.scale, low.y});
    ImGui::BeginChild("##legend", {legend, size.y});
    draw_legend(context, search_, points_, canvas_.drawn());
    ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_map_panel(Shows shows) { return std::make_unique<MapPanel>(shows); }

}  // namespace elbow::gui
