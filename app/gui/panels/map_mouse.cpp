#include "app/gui/panels/map_mouse.h"

#include <algorithm>
#include <cmath>

#include "app/gui/panels/map_tooltip.h"

namespace elbow::gui {
namespace {

// Sizes at scale 1.
constexpr float kPointReachPx = 6.0f;  // a point is hovered within this distance
constexpr float kSnapReachPx = 8.0f;   // a handle snaps to a point within this distance
constexpr float kClickSlackPx = 4.0f;  // a press that moves less is a click

double distance(ImVec2 a, ImVec2 b) { return std::hypot(a.x - b.x, a.y - b.y); }

// Points that are switched off cannot be caught.
std::optional<int> caught(const Context& context, const PlaneView& view, const MapTargets& targets,
                          ImVec2 at, float reach_px) {
    if (!context.settings.points_shown) return std::nullopt;
    return point_near(targets.points, context.exploration.hidden_labels, view.to_plane(at),
                      reach_px * context.scale / view.pixels_per_unit());
}

}  // namespace

std::optional<int> MapMouse::point_at(const Context& context, const PlaneView& view,
                                      const MapTargets& targets, ImVec2 at) {
    return caught(context, view, targets, at, kPointReachPx);
}

void MapMouse::hover_what_is_there(const Context& context, const PlaneView& view,
                                   const MapTargets& targets, bool hovered) {
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
            over_.hovered_point = point_at(context, view, targets, mouse);
    }
    over_.dot_hot |= grab_ == Grab::kDot;
    over_.a_hot |= grab_ == Grab::kHandleA;
    over_.b_hot |= grab_ == Grab::kHandleB;
}

void MapMouse::press(Context& context, const PlaneView& view) {
    Exploration& exploration = context.exploration;
    const ImGuiIO& io = ImGui::GetIO();
    pressed_at_ = panned_to_ = io.MousePos;
    button_ = ImGui::IsMouseClicked(0) ? 0 : ImGui::IsMouseClicked(1) ? 1 : 2;
    panned_ = false;
    if (io.KeyShift || !ImGui::IsMouseClicked(0)) {
        grab_ = Grab::kPan;
        return;
    }
    if (ImGui::IsMouseDoubleClicked(0)) {
        // The first click was the beginning of this gesture and nothing else.
        if (before_ && before_->cursor.size() == exploration.cursor.size()) exploration = *before_;
        exploration.follow_fit = true;
        grab_ = Grab::kNothing;
        return;
    }
    before_ = exploration;
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
    if (!point || targets.map == nullptr) return lifted(context.exploration, view.to_plane(at));
    std::vector<float> z = mean_of(*targets.map, *point);
    over_.snap = projected(context.exploration, z);
    return z;
}

void MapMouse::drag(Context& context, const PlaneView& view, const MapTargets& targets) {
    Exploration& exploration = context.exploration;
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
            exploration.put_dot(lifted(exploration, view.to_plane(at)));
            break;
        case Grab::kHandleA:
            if (!moved) break;
            exploration.put_a(landed(context, view, targets, at));
            take(context);
            break;
        case Grab::kHandleB:
            if (!moved) break;
            exploration.put_b(landed(context, view, targets, at));
            take(context);
            break;
        case Grab::kPan:
            pan(context, view);
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
    context.exploration.rect =
        panned(context.exploration.rect, view, {mouse.x - panned_to_.x, mouse.y - panned_to_.y});
    panned_to_ = mouse;
    context.exploration.follow_fit = false;
}

void MapMouse::release(Context& context) {
    if (grab_ == Grab::kPoint && pressed_point_) {
        context.exploration.point = pressed_point_;
        take(context);
    }
    if (grab_ == Grab::kPan && button_ == 1 && !panned_) menu_at_ = pressed_at_;
    grab_ = Grab::kNothing;
    pressed_point_.reset();
}

void MapMouse::wheel(Context& context, const PlaneView& view) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseWheel == 0.0f) return;
    context.exploration.rect = zoomed(context.exploration.rect, view, io.MousePos,
                                      std::pow(1.2, static_cast<double>(io.MouseWheel)));
    context.exploration.follow_fit = false;
}

void MapMouse::interact(Context& context, const PlaneView& view, const MapTargets& targets,
                        bool hovered) {
    const bool active = ImGui::IsItemActive();
    menu_at_.reset();
    if (!active && grab_ != Grab::kNothing) release(context);
    hover_what_is_there(context, view, targets, hovered);
    if (ImGui::IsItemActivated()) press(context, view);
    if (active) drag(context, view, targets);
    if (hovered) wheel(context, view);
}

}  // namespace elbow::gui
