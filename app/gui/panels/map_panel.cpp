#include "app/gui/panels/map_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/keys.h"
#include "app/gui/panels/map_canvas.h"
#include "app/gui/panels/map_legend.h"
#include "app/gui/panels/map_overlay.h"
#include "app/gui/panels/map_tooltip.h"
#include "app/gui/panels/map_view.h"
#include "app/gui/panels/picture.h"
#include "app/gui/panels/thinning.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {

namespace {

// Sizes at scale 1.
constexpr float kLeftGutterPx = 38.0f;
constexpr float kBottomGutterPx = 24.0f;
constexpr float kPointReachPx = 6.0f;     // a point is hovered within this distance
constexpr float kSnapReachPx = 8.0f;      // a handle snaps to a point within this distance
constexpr float kClickSlackPx = 4.0f;     // a press that moves less is a click
constexpr float kSmallestCellPx = 20.0f;  // a digit can still be read
constexpr double kFitSlack =
    0.04;  // the fitted view moves only when it is off by more than this part

double distance(ImVec2 a, ImVec2 b) { return std::hypot(a.x - b.x, a.y - b.y); }

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
    enum class Grab { kNothing, kDot, kHandleA, kHandleB, kPoint, kPan };

    void place(Context&);
    void fit(Context&, double aspect);
    void interact(Context&, const PlaneView&, bool hovered);
    void hover_what_is_there(Context&, const PlaneView&, bool hovered);
    void press(Context&, const PlaneView&);
    void drag(Context&, const PlaneView&);
    void release(Context&);
    void wheel(Context&, const PlaneView&);
    void drop_handle(Context&, const PlaneView&, std::vector<float>& handle, ImVec2 at);
    void ask(Context&, const PlaneView&);
    void draw_over(Context&, const PlaneView&);

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
    // The view that fits.
    MapRect fit_target_;
    std::uint64_t fitted_version_ = 0;
    double fitted_aspect_ = 0.0;
    // The mouse.
    Grab grab_ = Grab::kNothing;
    bool dot_held_ = false;  // grabbed itself, not called from where the mouse was pressed
    ImVec2 grab_offset_{}, pressed_at_{}, panned_to_{};
    std::optional<int> pressed_point_;
    std::vector<float> cursor_before_;  // before the first click of a double click
    std::optional<int> point_before_;
    OverlayState over_;
    MapTooltip tooltip_;
};

void MapPanel::draw_title_controls(Context& context) {
    Backdrop& backdrop = context.settings.backdrop;
    const auto backdrop_toggle = [&](const char* name, const char* label, Backdrop which,
                                     const char* help) {
        bool on = backdrop == which;
        if (toggle(context, name, label, on, help)) backdrop = on ? which : Backdrop::kNone;
        ImGui::SameLine();
    };
    backdrop_toggle("map.toggle.manifold", "Manifold", Backdrop::kManifold,
                    "Decoded images behind the points: each shows what the decoder makes of the z "
                    "under its middle (M).");
    backdrop_toggle("map.toggle.density", "Density", Backdrop::kDensity,
                    "The density of the prior N(0, I) behind the points, with rings at 1, 2 and 3 "
                    "standard deviations "
                    "(D).");
    toggle(
        context, "map.toggle.path", "Path", context.exploration.path_shown,
        "The path from A to B, whose decoded images are in the strip below, and its two handles.");
    ImGui::SameLine();
    if (button(context, "map.fit", "Fit",
               "Fits the view to the points and keeps it so (F, or a double click).",
               context.exploration.follow_fit ? "The view fits the points already." : ""))
        context.exploration.follow_fit = true;
}

void MapPanel::tick(Context& context) {
    Backdrop& backdrop = context.settings.backdrop;
    if (pressed(Key::kM))
        backdrop = backdrop == Backdrop::kManifold ? Backdrop::kNone : Backdrop::kManifold;
    if (pressed(Key::kD))
        backdrop = backdrop == Backdrop::kDensity ? Backdrop::kNone : Backdrop::kDensity;
    if (pressed(Key::kF)) context.exploration.follow_fit = true;
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

void MapPanel::fit(Context& context, double aspect) {
    Exploration& exploration = context.exploration;
    if (!exploration.follow_fit) return;
    if (fitted_version_ != points_version_ || fitted_aspect_ != aspect) {
        const MapRect target = fitted(
            ranked_.count() > 0 ? sample_places(ranked_, kMostPointsDrawn) : points_.xy, aspect);
        const double off = (std::abs(target.half_height - fit_target_.half_height) +
                            std::hypot(target.x_center - fit_target_.x_center,
                                       target.y_center - fit_target_.y_center)) /
                           fit_target_.half_height;
        if (off > kFitSlack || fitted_aspect_ != aspect || fitted_version_ == 0)
            fit_target_ = target;
        fitted_version_ = points_version_;
        fitted_aspect_ = aspect;
    }
    if (exploration.rect == fit_target_) return;
    exploration.rect = approached(exploration.rect, fit_target_, ImGui::GetIO().DeltaTime);
}

void MapPanel::hover_what_is_there(Context& context, const PlaneView& view, bool hovered) {
    const Exploration& exploration = context.exploration;
    over_ = {};
    if (grab_ == Grab::kNothing && !hovered) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float scale = context.scale;
    const auto near = [&](const std::vector<float>& z, float radius_px) {
        return distance(mouse, view.to_pixel(projected(exploration, z))) <= (radius_px + 3) * scale;
    };
    if (grab_ == Grab::kNothing || grab_ == Grab::kPoint) {
        over_.dot_hot = near(exploration.cursor, kDotRadiusPx);
        const bool handles = exploration.path_shown && !over_.dot_hot;
        over_.a_hot = handles && near(exploration.path_from, kHandleRadiusPx);
        over_.b_hot = handles && !over_.a_hot && near(exploration.path_to, kHandleRadiusPx);
        if (!over_.dot_hot && !over_.a_hot && !over_.b_hot)
            over_.hovered_point =
                point_near(points_, exploration.hidden_labels, view.to_plane(mouse),
                           kPointReachPx * scale / view.pixels_per_unit());
    }
    over_.dot_hot |= grab_ == Grab::kDot;
    over_.a_hot |= grab_ == Grab::kHandleA;
    over_.b_hot |= grab_ == Grab::kHandleB;
}

void MapPanel::press(Context& context, const PlaneView& view) {
    Exploration& exploration = context.exploration;
    const ImGuiIO& io = ImGui::GetIO();
    pressed_at_ = panned_to_ = io.MousePos;
    if (io.KeyShift || !ImGui::IsMouseClicked(0)) {
        grab_ = Grab::kPan;
        return;
    }
    if (ImGui::IsMouseDoubleClicked(0)) {
        // The first click was the beginning of this gesture and nothing else.
        if (cursor_before_.size() == exploration.cursor.size()) exploration.cursor = cursor_before_;
        exploration.point = point_before_;
        exploration.follow_fit = true;
        grab_ = Grab::kNothing;
        return;
    }
    cursor_before_ = exploration.cursor;
    point_before_ = exploration.point;
    const auto hold = [&](Grab grab, const std::vector<float>& z) {
        const ImVec2 at = view.to_pixel(projected(exploration, z));
        grab_ = grab;
        grab_offset_ = {at.x - io.MousePos.x, at.y - io.MousePos.y};
    };
    pressed_point_ = over_.hovered_point;
    dot_held_ = over_.dot_hot;
    grab_offset_ = {};
    if (over_.dot_hot) {
        hold(Grab::kDot, exploration.cursor);
    } else if (over_.a_hot) {
        hold(Grab::kHandleA, exploration.path_from);
    } else if (over_.b_hot) {
        hold(Grab::kHandleB, exploration.path_to);
    } else {
        grab_ = pressed_point_ ? Grab::kPoint : Grab::kDot;
    }
}

// The handle follows the mouse and lands on the point that is near.
void MapPanel::drop_handle(Context& context, const PlaneView& view, std::vector<float>& handle,
                           ImVec2 at) {
    const double reach = kSnapReachPx * context.scale / view.pixels_per_unit();
    const std::optional<int> point =
        point_near(points_, context.exploration.hidden_labels, view.to_plane(at), reach);
    if (point) {
        handle = mean_of(map_->map, *point);
        over_.snap = projected(context.exploration, handle);
    } else {
        handle = lifted(context.exploration, view.to_plane(at));
    }
}

void MapPanel::drag(Context& context, const PlaneView& view) {
    Exploration& exploration = context.exploration;
    const ImGuiIO& io = ImGui::GetIO();
    const ImVec2 low = view.min_px(), high = view.max_px();
    const ImVec2 at{std::clamp(io.MousePos.x + grab_offset_.x, low.x, high.x),
                    std::clamp(io.MousePos.y + grab_offset_.y, low.y, high.y)};
    const bool moved = distance(io.MousePos, pressed_at_) >= kClickSlackPx * context.scale;
    switch (grab_) {
        case Grab::kPoint:
            if (!moved) break;
            grab_ = Grab::kDot;
            [[fallthrough]];
        case Grab::kDot:
            // The dot itself may lie off the plane, and a mere click leaves it there.
            if (dot_held_ && !moved) break;
            if (moved) context.settings.hint_seen = true;
            exploration.cursor = lifted(exploration, view.to_plane(at));
            break;
        case Grab::kHandleA:
            if (moved) drop_handle(context, view, exploration.path_from, at);
            break;
        case Grab::kHandleB:
            if (moved) drop_handle(context, view, exploration.path_to, at);
            break;
        case Grab::kPan:
            if (io.MousePos.x == panned_to_.x && io.MousePos.y == panned_to_.y) break;
            exploration.rect = panned(exploration.rect, view,
                                      {io.MousePos.x - panned_to_.x, io.MousePos.y - panned_to_.y});
            panned_to_ = io.MousePos;
            exploration.follow_fit = false;
            break;
        case Grab::kNothing:
            break;
    }
}

void MapPanel::release(Context& context) {
    if (grab_ == Grab::kPoint && pressed_point_) context.exploration.point = pressed_point_;
    grab_ = Grab::kNothing;
    pressed_point_.reset();
}

void MapPanel::wheel(Context& context, const PlaneView& view) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseWheel == 0.0f) return;
    context.exploration.rect = zoomed(context.exploration.rect, view, io.MousePos,
                                      std::pow(1.2, static_cast<double>(io.MouseWheel)));
    context.exploration.follow_fit = false;
}

void MapPanel::interact(Context& context, const PlaneView& view, bool hovered) {
    const bool active = ImGui::IsItemActive();
    if (!active && grab_ != Grab::kNothing) release(context);
    hover_what_is_there(context, view, hovered);
    if (ImGui::IsItemActivated()) press(context, view);
    if (active) drag(context, view);
    if (hovered) wheel(context, view);
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

void MapPanel::draw_over(Context& context, const PlaneView& view) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    draw_axes(context, list, view, context.latents() <= 2);
    list->PushClipRect(view.min_px(), view.max_px(), true);
    if (context.latents() < 2 && context.settings.backdrop == Backdrop::kDensity)
        draw_prior_curve(context, list, view);
    draw_posterior(context, list, view, points_);
    if (context.exploration.path_shown) {
        draw_path(context, list, view);
        draw_handles(context, list, view, over_);
    }
    draw_hovered_point(context, list, view, points_, over_);
    draw_dot(context, list, view, over_);
    if (!context.trainer->snapshot->has_encoder) {
        const float gap = 8.0f * context.scale;
        halo_text(list, {view.min_px().x + 5 * gap, view.min_px().y + gap}, context.theme.text,
                  context.theme.map_background, "No encoder: no image has a place here.");
    }
    list->PopClipRect();
}

void MapPanel::draw(Context& context) {
    const Exploration& exploration = context.exploration;
    const auto latents = static_cast<std::size_t>(context.latents());
    if (!context.has_run() || exploration.cursor.size() != latents ||
        exploration.anchor.size() != latents || exploration.path_from.size() != latents ||
        exploration.path_to.size() != latents)
        return waiting_text(context, waiting_reason(context));
    const float scale = context.scale;
    const float legend = legend_width(context);
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const ImVec2 space = ImGui::GetContentRegionAvail();
    const ImVec2 low{std::round(corner.x + kLeftGutterPx * scale),
                     std::round(corner.y + 4 * scale)};
    const ImVec2 size{std::floor(std::max(space.x - (kLeftGutterPx + 8) * scale - legend, 40.0f)),
                      std::floor(std::max(space.y - (kBottomGutterPx + 4) * scale, 40.0f))};
    place(context);
    fit(context, size.x / size.y);

    ImGui::SetCursorScreenPos(low);
    ImGui::InvisibleButton("##map", size,
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    const bool hovered = ImGui::IsItemHovered();
    interact(context, PlaneView(exploration.rect, low, size), hovered);
    const PlaneView view(exploration.rect, low, size);
    ask(context, view);
    if (context.layout.enabled())
        context.layout.mark("map.canvas", view.min_px(), view.max_px(),
                            fixed(view.x_min(), 5) + "," + fixed(view.x_max(), 5) + "," +
                                fixed(view.y_min(), 5) + "," + fixed(view.y_max(), 5));
    canvas_.show(context, view, points_, ranked_, points_version_, ImGui::GetWindowDrawList());
    draw_over(context, view);
    if (hovered && grab_ == Grab::kNothing)
        tooltip_.draw(context, over_, map_ ? &map_->map : nullptr);

    ImGui::SetCursorScreenPos({low.x + size.x + 8 * scale, low.y});
    ImGui::BeginChild("##legend", {legend, size.y});
    draw_legend(context, points_, canvas_.drawn());
    ImGui::EndChild();
}

}  // namespace

std::unique_ptr<Panel> make_map_panel(Shows shows) { return std::make_unique<MapPanel>(shows); }

}  // namespace elbow::gui
