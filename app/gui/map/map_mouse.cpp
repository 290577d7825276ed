#include "app/gui/map/map_mouse.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "app/gui/map/map_marks.h"
#include "app/gui/map/selecting.h"
#include "app/gui/waypoints.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kPointReachPx = 14.0f;  // a point is hovered within this distance
constexpr float kSnapReachPx = 8.0f;    // a handle snaps to a point within this distance
constexpr float kClickSlackPx = 4.0f;   // a press that moves less is a click
constexpr float kPathReachPx = 7.0f;    // the path is hovered within this distance
constexpr float kStrokeStepPx = 3.0f;   // between two places of a line that is drawn
constexpr float kStrokeOffPx = 4.0f;    // that a drawn path may lie off the line
constexpr float kClosesPx = 18.0f;      // a path whose ends are drawn nearer is closed

double distance(ImVec2 a, ImVec2 b) { return std::hypot(a.x - b.x, a.y - b.y); }

// Points that are switched off cannot be caught.
std::optional<int> caught(const Context& context, const PlaneView& view, const MapTargets& targets,
                          ImVec2 at, float reach_px) {
    if (targets.image_at) {
        if (const std::optional<int> image = targets.image_at(at)) return image;
    }
    if (!context.settings.points_shown) return std::nullopt;
    return point_near(targets.points, context.view_state.hidden_labels, view.to_plane(at),
                      reach_px * context.scale / view.pixels_per_unit());
}

}  // namespace

std::optional<int> MapMouse::point_at(const Context& context, const PlaneView& view,
                                      const MapTargets& targets, ImVec2 at) {
    return caught(context, view, targets, at, kPointReachPx);
}

void MapMouse::hover_what_is_there(const Context& context, const PlaneView& view,
                                   const MapTargets& targets, bool hovered) {
    over_ = {};
    insertion_.reset();
    if (grab_ == Grab::kNothing && !hovered) return;
    if (grab_ == Grab::kNothing || grab_ == Grab::kPoint)
        hover_waypoint_or_dot(context, view, targets);
    over_.dot_hot |= grab_ == Grab::kDot;
    if (grab_ == Grab::kWaypoint) over_.waypoint = waypoint_;
}

// Where they overlap, the mouse takes the nearest: what is half covered can be taken, too.
void MapMouse::hover_waypoint_or_dot(const Context& context, const PlaneView& view,
                                     const MapTargets& targets) {
    const ViewState& view_state = context.view_state;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    float nearest = std::numeric_limits<float>::infinity();
    const auto is_nearer = [&](const std::vector<float>& z, float radius_px) {
        const auto px =
            static_cast<float>(distance(mouse, view.to_pixel(projected(view_state, z))));
        if (px > (radius_px + 3) * context.scale || px >= nearest) return false;
        nearest = px;
        return true;
    };
    over_.dot_hot = is_nearer(view_state.cursor, kDotRadiusPx);
    for (std::size_t i = 0; view_state.path_shown && i < waypoint_count(view_state); ++i) {
        if (!is_nearer(waypoint_at(view_state, i), kHandleRadiusPx)) continue;
        over_.waypoint = i;
        over_.dot_hot = false;
    }
    if (over_.dot_hot || over_.waypoint) return;
    if (context.settings.placing_waypoints && context.in_hand && view_state.path_shown)
        insertion_ =
            path_under(view_state, &context.views, view, mouse, kPathReachPx * context.scale);
    if (insertion_) {
        over_.insertion = insertion_->at;
    } else {
        over_.hovered_point = point_at(context, view, targets, mouse);
    }
}

void MapMouse::hold(Grab grab, const Context& context, const PlaneView& view,
                    const std::vector<float>& z) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 at = view.to_pixel(projected(context.view_state, z));
    grab_ = grab;
    grab_offset_ = {at.x - mouse.x, at.y - mouse.y};
}

void MapMouse::press(Context& context, const PlaneView& view) {
    ViewState& view_state = context.view_state;
    const ImGuiIO& io = ImGui::GetIO();
    pressed_at_ = panned_to_ = io.MousePos;
    button_ = ImGui::IsMouseClicked(0) ? 0 : ImGui::IsMouseClicked(1) ? 1 : 2;
    panned_ = false;
    if (io.KeyCtrl && ImGui::IsMouseClicked(0)) {
        grab_ = Grab::kSelect;
        pressed_point_ = over_.hovered_point;
        line_.clear();
        return;
    }
    if (io.KeyShift || !ImGui::IsMouseClicked(0)) {
        grab_ = Grab::kPan;
        return;
    }
    pressed_point_ = over_.hovered_point;
    dot_held_ = over_.dot_hot;
    grab_offset_ = {};
    if (press_on_path(context, view)) return;
    if (ImGui::IsMouseDoubleClicked(0)) {
        // The first click was the beginning of this gesture and nothing else.
        if (before_ && before_->cursor.size() == view_state.cursor.size()) view_state = *before_;
        view_state.follow_fit = true;
        grab_ = Grab::kNothing;
        return;
    }
    before_ = view_state;
    if (over_.dot_hot) {
        hold(Grab::kDot, context, view, view_state.cursor);
    } else if (over_.waypoint) {
        waypoint_ = *over_.waypoint;
        hold(Grab::kWaypoint, context, view, waypoint_at(view_state, waypoint_));
    } else if (pressed_point_) {
        grab_ = Grab::kPoint;
    } else {
        // Whoever only looks at the other run of a race moves nothing there.
        grab_ = context.in_hand ? Grab::kDot : Grab::kPan;
    }
}

// While waypoints are placed: into the path where it was pressed, and there it is held; elsewhere a
// click or a drawn line, once the button is up. False: the press is for what is there.
bool MapMouse::press_on_path(Context& context, const PlaneView& view) {
    const bool places = context.settings.placing_waypoints && context.view_state.path_shown;
    if (!places || !context.in_hand) return false;
    if (over_.dot_hot || over_.waypoint) return false;
    before_.reset();
    line_.clear();
    if (!insertion_) {
        grab_ = Grab::kDraw;
        return true;
    }
    grab_ = Grab::kNothing;
    const std::string full = why_no_more_waypoints(context.view_state);
    if (!full.empty()) {
        context.toasts.add(ToastKind::kInfo, full);
        return true;
    }
    waypoint_ = insertion_->after + 1;
    // On the way back of a closed path, from B to A, it comes after B.
    insert_waypoint(context.view_state, insertion_->after, insertion_->z);
    hold(Grab::kWaypoint, context, view, insertion_->z);
    return true;
}

// Dragging something on the map of a race's other run, or selecting a point there, takes that run
// in hand.
void MapMouse::take(Context& context) {
    if (!context.in_hand) context.actions.take_in_hand(context.run_number);
}

// The handle follows the mouse and lands on the point that is near.
std::vector<float> MapMouse::landed(const Context& context, const PlaneView& view,
                                    const MapTargets& targets, ImVec2 at) {
    const std::optional<int> point = caught(context, view, targets, at, kSnapReachPx);
    if (!point || targets.map == nullptr) return lifted(context.view_state, view.to_plane(at));
    std::vector<float> z = mean_of(*targets.map, *point);
    over_.snap = projected(context.view_state, z);
    return z;
}

void MapMouse::drag(Context& context, const PlaneView& view, const MapTargets& targets) {
    ViewState& view_state = context.view_state;
    const ImGuiIO& io = ImGui::GetIO();
    const ImVec2 low = view.min_px(), high = view.max_px();
    const ImVec2 at{std::clamp(io.MousePos.x + grab_offset_.x, low.x, high.x),
                    std::clamp(io.MousePos.y + grab_offset_.y, low.y, high.y)};
    const bool moved = this->moved(context);
    switch (grab_) {
        case Grab::kPoint:
            if (!moved) break;
            grab_ = context.in_hand ? Grab::kDot : Grab::kPan;
            if (grab_ == Grab::kPan) break;
            [[fallthrough]];
        case Grab::kDot:
            // The dot itself may lie off the plane, and a mere click leaves it there.
            if (dot_held_ && !moved) break;
            if (moved) {
                context.settings.hint_seen = true;
                take(context);
            }
            view_state.put_dot(lifted(view_state, view.to_plane(at)));
            break;
        case Grab::kWaypoint:
            if (!moved || waypoint_ >= waypoint_count(view_state)) break;
            put_waypoint(view_state, waypoint_, landed(context, view, targets, at));
            take(context);
            break;
        case Grab::kDraw:
            draw_path(context, view);
            break;
        case Grab::kPan:
            pan(context, view);
            break;
        case Grab::kSelect:
            draw_line(context, view);
            break;
        case Grab::kNothing:
            break;
    }
}

bool MapMouse::moved(const Context& context) const {
    return distance(ImGui::GetIO().MousePos, pressed_at_) >= kClickSlackPx * context.scale;
}

void MapMouse::pan(Context& context, const PlaneView& view) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    // A hand that opens the menu may tremble.
    if (!panned_ && !moved(context)) return;
    panned_ = true;
    if (mouse.x == panned_to_.x && mouse.y == panned_to_.y) return;
    context.view_state.rect =
        panned(context.view_state.rect, view, {mouse.x - panned_to_.x, mouse.y - panned_to_.y});
    panned_to_ = mouse;
    context.view_state.follow_fit = false;
}

// From where the button was pressed: along with the mouse, or to the other corner of a box.
void MapMouse::draw_line(const Context& context, const PlaneView& view) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (line_.empty() && !moved(context)) return;
    if (context.settings.select_by_box) {
        const PlanePoint a = view.to_plane(pressed_at_), b = view.to_plane(mouse);
        line_ = {a, {b.x, a.y}, b, {a.x, b.y}};
        return;
    }
    draw_path(context, view);
}

// Along with the mouse.
void MapMouse::draw_path(const Context& context, const PlaneView& view) {
    if (line_.empty() && !moved(context)) return;
    if (line_.empty()) line_.push_back(view.to_plane(pressed_at_));
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (distance(view.to_pixel(line_.back()), mouse) >= kStrokeStepPx * context.scale)
        line_.push_back(view.to_plane(mouse));
}

Selecting how_to_select() {
    const ImGuiIO& io = ImGui::GetIO();
    return io.KeyShift ? Selecting::kAdd : io.KeyAlt ? Selecting::kTakeAway : Selecting::kReplace;
}

// A line that was drawn is the path from now on; a click leads it on to there, or to the point that
// is near.
void MapMouse::finish_path(Context& context, const PlaneView& view, const MapTargets& targets) {
    ViewState& view_state = context.view_state;
    if (line_.size() > 1) {
        const double unit = view.pixels_per_unit();
        const double ends = distance(view.to_pixel(line_.front()), view.to_pixel(line_.back()));
        const double drawn_px = static_cast<double>(line_.size()) * kStrokeStepPx;
        const bool closed = ends < kClosesPx * context.scale && drawn_px > 4.0 * kClosesPx;
        put_drawn_path(view_state, line_, kStrokeOffPx * context.scale / unit, closed);
    } else if (const std::string full = why_no_more_waypoints(view_state); !full.empty()) {
        context.toasts.add(ToastKind::kInfo, full);
    } else {
        insert_waypoint(view_state, waypoint_count(view_state) - 1,
                        landed(context, view, targets, pressed_at_));
    }
    line_.clear();
}

// What the line goes around: in the place of what was selected, with Shift in addition, with Alt
// taken away. A click without a line selects the point under it, or takes it away.
void MapMouse::select(Context& context, const MapTargets& targets) {
    ViewState& view_state = context.view_state;
    if (!line_.empty()) {
        view_state.selection =
            combined(view_state.selection, inside(targets.points, view_state.hidden_labels, line_),
                     how_to_select());
    } else if (pressed_point_) {
        view_state.selection = toggled(view_state.selection, *pressed_point_);
    }
    line_.clear();
}

void MapMouse::release(Context& context, const PlaneView& view, const MapTargets& targets) {
    if (grab_ == Grab::kSelect) select(context, targets);
    if (grab_ == Grab::kDraw) finish_path(context, view, targets);
    if (grab_ == Grab::kPoint && pressed_point_) {
        context.view_state.point = pressed_point_;
        take(context);
    }
    if (grab_ == Grab::kPan && button_ == 1 && !panned_) menu_at_ = pressed_at_;
    grab_ = Grab::kNothing;
    pressed_point_.reset();
}

void MapMouse::wheel(Context& context, const PlaneView& view) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseWheel == 0.0f) return;
    context.view_state.rect = zoomed(context.view_state.rect, view, io.MousePos,
                                     std::pow(1.2, static_cast<double>(io.MouseWheel)));
    context.view_state.follow_fit = false;
}

void MapMouse::interact(Context& context, const PlaneView& view, const MapTargets& targets,
                        bool hovered) {
    const bool active = ImGui::IsItemActive();
    menu_at_.reset();
    if (!active && grab_ != Grab::kNothing) release(context, view, targets);
    hover_what_is_there(context, view, targets, hovered);
    if (ImGui::IsItemActivated()) press(context, view);
    if (active) drag(context, view, targets);
    (grab_ == Grab::kDraw ? over_.stroke : over_.line) = line_;
    if (hovered) wheel(context, view);
}

}  // namespace elbow::gui
