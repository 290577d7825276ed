#include "app/gui/map/map_mouse.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/gui/map/map_marks.h"
#include "app/gui/map/selecting.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kPointReachPx = 14.0f;  // a point is hovered within this distance
constexpr float kSnapReachPx = 8.0f;    // a handle snaps to a point within this distance
constexpr float kClickSlackPx = 4.0f;   // a press that moves less is a click

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
    const ViewState& view_state = context.view_state;
    over_ = {};
    if (grab_ == Grab::kNothing && !hovered) return;
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float scale = context.scale;
    constexpr float kOutOfReach = std::numeric_limits<float>::infinity();
    const auto away = [&](const std::vector<float>& z, float radius_px) {
        const float px = distance(mouse, view.to_pixel(projected(view_state, z)));
        return px <= (radius_px + 3) * scale ? px : kOutOfReach;
    };
    if (grab_ == Grab::kNothing || grab_ == Grab::kPoint) {
        // Where they overlap, the mouse takes the nearest: what is half covered can be taken, too.
        const bool shown = view_state.path_shown;
        const float dot = away(view_state.cursor, kDotRadiusPx);
        const float a = shown ? away(view_state.path_from, kHandleRadiusPx) : kOutOfReach;
        const float b = shown ? away(view_state.path_to, kHandleRadiusPx) : kOutOfReach;
        const float nearest = std::min({dot, a, b});
        if (nearest == kOutOfReach)
            over_.hovered_point = point_at(context, view, targets, mouse);
        else if (dot == nearest)
            over_.dot_hot = true;
        else if (a == nearest)
            over_.a_hot = true;
        else
            over_.b_hot = true;
    }
    over_.dot_hot |= grab_ == Grab::kDot;
    over_.a_hot |= grab_ == Grab::kHandleA;
    over_.b_hot |= grab_ == Grab::kHandleB;
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
    if (ImGui::IsMouseDoubleClicked(0)) {
        // The first click was the beginning of this gesture and nothing else.
        if (before_ && before_->cursor.size() == view_state.cursor.size()) view_state = *before_;
        view_state.follow_fit = true;
        grab_ = Grab::kNothing;
        return;
    }
    before_ = view_state;
    const auto hold = [&](Grab grab, const std::vector<float>& z) {
        const ImVec2 at = view.to_pixel(projected(view_state, z));
        grab_ = grab;
        grab_offset_ = {at.x - io.MousePos.x, at.y - io.MousePos.y};
    };
    pressed_point_ = over_.hovered_point;
    dot_held_ = over_.dot_hot;
    grab_offset_ = {};
    if (over_.dot_hot) {
        hold(Grab::kDot, view_state.cursor);
    } else if (over_.a_hot) {
        hold(Grab::kHandleA, view_state.path_from);
    } else if (over_.b_hot) {
        hold(Grab::kHandleB, view_state.path_to);
    } else if (pressed_point_) {
        grab_ = Grab::kPoint;
    } else {
        // Whoever only looks at the other run of a race moves nothing there.
        grab_ = context.in_hand ? Grab::kDot : Grab::kPan;
    }
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
        case Grab::kHandleA:
            if (!moved) break;
            view_state.put_a(landed(context, view, targets, at));
            take(context);
            break;
        case Grab::kHandleB:
            if (!moved) break;
            view_state.put_b(landed(context, view, targets, at));
            take(context);
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
    if (line_.empty()) line_.push_back(view.to_plane(pressed_at_));
    constexpr double kStepPx = 3.0;
    if (distance(view.to_pixel(line_.back()), mouse) >= kStepPx * context.scale)
        line_.push_back(view.to_plane(mouse));
}

Selecting how_to_select() {
    const ImGuiIO& io = ImGui::GetIO();
    return io.KeyShift ? Selecting::kAdd : io.KeyAlt ? Selecting::kTakeAway : Selecting::kReplace;
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

void MapMouse::release(Context& context, const MapTargets& targets) {
    if (grab_ == Grab::kSelect) select(context, targets);
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
    if (!active && grab_ != Grab::kNothing) release(context, targets);
    hover_what_is_there(context, view, targets, hovered);
    if (ImGui::IsItemActivated()) press(context, view);
    if (active) drag(context, view, targets);
    over_.line = line_;
    if (hovered) wheel(context, view);
}

}  // namespace elbow::gui
