#include "app/gui/view_state.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "engine/explore/active_latents.h"

namespace elbow::gui {
namespace {

constexpr std::size_t kMostSteps = 200;
// Latent units: A and B that come nearer to one another are one spot on a map of the prior.
constexpr double kHeap = 0.8;

std::vector<float> point_in_plane(int latents, int x_axis, int y_axis, float x, float y) {
    std::vector<float> z(static_cast<std::size_t>(latents), 0.0f);
    if (latents == 0) return z;
    z[static_cast<std::size_t>(x_axis)] = x;
    if (y_axis != x_axis) z[static_cast<std::size_t>(y_axis)] = y;
    return z;
}

// A and B where they are as long as there is no cloud of points that would keep them apart: beside
// the dot, so that all three can be grabbed.
void put_path_beside_the_prior(Place& view_state) {
    const auto latents = static_cast<int>(view_state.cursor.size());
    const auto place = [&](float x, float y) {
        return point_in_plane(latents, view_state.x_axis, view_state.y_axis, x, y);
    };
    view_state.path_from = place(-1.2f, -0.8f);
    view_state.path_to = place(1.2f, 0.8f);
    view_state.path_images.reset();
}

double distance_on_map(const ViewState& view_state, std::span<const float> a,
                       std::span<const float> b) {
    const auto along = [&](int axis) {
        const auto i = static_cast<std::size_t>(axis);
        return static_cast<double>(a[i]) - b[i];
    };
    const double up = view_state.y_axis == view_state.x_axis ? 0.0 : along(view_state.y_axis);
    return std::hypot(along(view_state.x_axis), up);
}

void follow_path(ViewState& view_state, const RunFacts& run) {
    // Once the person has moved the dot, A and B do not make way for it.
    const std::span<const float> dot =
        view_state.dot_follows ? view_state.cursor : std::span<const float>();
    const auto images =
        explore::path_images(*run.map, run.labels, run.order,
                             {view_state.x_axis, view_state.y_axis}, dot, view_state.path_images);
    if (!images) return put_path_beside_the_prior(view_state);
    const auto a = explore::code_of(*run.map, images->a), b = explore::code_of(*run.map, images->b);
    // A map that shows the prior shows codes in a heap as one spot.
    if (run.has_normal_prior && distance_on_map(view_state, a, b) < kHeap)
        return put_path_beside_the_prior(view_state);
    view_state.path_images = images;
    view_state.path_from.assign(a.begin(), a.end());
    view_state.path_to.assign(b.begin(), b.end());
}

// The drawing that was there has led the dot, and nothing else has changed.
bool only_led(const ViewState& before, const ViewState& now) {
    const bool led = before.drawing == now.drawing && before.led_by != before.drawing &&
                     before.led_by != now.led_by;
    if (!led) return false;
    ViewState there = before;
    there.cursor = now.cursor;
    there.anchor = now.anchor;
    there.dot_follows = now.dot_follows;
    there.led_by = now.led_by;
    return same_choice(there, now);
}

}  // namespace

bool same_choice(const ViewState& a, const ViewState& b) {
    ViewState as_b = a;
    if (a.follow_fit && b.follow_fit) as_b.rect = b.rect;
    if (a.axes_follow && b.axes_follow) {
        as_b.x_axis = b.x_axis;
        as_b.y_axis = b.y_axis;
    }
    if (a.path_follows && b.path_follows) {
        as_b.path_from = b.path_from;
        as_b.path_to = b.path_to;
        as_b.path_images = b.path_images;
    }
    if (a.dot_follows && b.dot_follows) {
        as_b.cursor = b.cursor;
        as_b.anchor = b.anchor;
    }
    return as_b == b;
}

void follow_run(ViewState& view_state, const RunFacts& run) {
    const std::size_t latents = view_state.cursor.size();
    if (view_state.paper_view && (!run.has_normal_prior || latents < 2)) {
        view_state.paper_view = false;
        view_state.rect = MapRect{};
        view_state.follow_fit = true;
    }
    if (view_state.axes_follow && latents > 2 && run.activity.size() == latents) {
        std::tie(view_state.x_axis, view_state.y_axis) =
            explore::active_axes({view_state.x_axis, view_state.y_axis}, run.activity);
    }
    const bool mapped = run.map != nullptr && static_cast<std::size_t>(run.map->latents) == latents;
    if (view_state.dot_follows) {
        view_state.cursor = mapped && !run.has_normal_prior
                                ? explore::middle_of_codes(*run.map, run.order)
                                : std::vector<float>(latents, 0.0f);
        view_state.anchor = view_state.cursor;
    }
    if (!view_state.path_follows || latents == 0) return;
    if (mapped) {
        follow_path(view_state, run);
    } else if (!view_state.path_images) {  // a run that goes on brings its own
        put_path_beside_the_prior(view_state);
    }
}

void Place::put_dot(std::vector<float> z) {
    cursor = std::move(z);
    dot_follows = false;
}

void Place::put_dot_and_plane(std::vector<float> z) {
    anchor = z;
    put_dot(std::move(z));
}

void Place::put_dot_along(int latent, float value) {
    const auto i = static_cast<std::size_t>(latent);
    cursor[i] = value;
    if (latent != x_axis && latent != y_axis) anchor[i] = value;
    dot_follows = false;
}

void Place::put_a(std::vector<float> z) {
    path_from = std::move(z);
    path_follows = false;
}

void Place::put_b(std::vector<float> z) {
    path_to = std::move(z);
    path_follows = false;
}

void Place::put_on_axis(int latent, bool upright) {
    int& axis = upright ? y_axis : x_axis;
    int& other = upright ? x_axis : y_axis;
    axes_follow = false;
    if (latent == axis) return;
    if (latent == other) other = axis;
    axis = latent;
    follow_fit = true;
}

void Place::swap_path() {
    std::swap(path_from, path_to);
    std::reverse(path_through.begin(), path_through.end());
    path_follows = false;
}

void Place::reset_path() {
    path_follows = true;
    path_images.reset();
    path_through.clear();
    path_closed = false;
}

void Place::fit_to(int latents) {
    const auto size = static_cast<std::size_t>(std::max(latents, 0));
    const int last = std::max(latents - 1, 0);
    if (x_axis < 0 || x_axis > last) x_axis = 0;
    if (y_axis < 0 || y_axis > last) y_axis = std::min(1, last);
    if (x_axis == y_axis && latents > 1) y_axis = x_axis == 0 ? 1 : 0;
    if (cursor.size() != size) {
        cursor.assign(size, 0.0f);
        rect = MapRect{};
        follow_fit = axes_follow = dot_follows = true;
    }
    if (anchor.size() != size) anchor.assign(size, 0.0f);
    const auto is_of_another = [&](const std::vector<float>& z) { return z.size() != size; };
    if (is_of_another(path_from) || is_of_another(path_to) ||
        std::any_of(path_through.begin(), path_through.end(), is_of_another)) {
        reset_path();
        put_path_beside_the_prior(*this);
    }
}

void UndoStack::observe(const ViewState& now, const MapLook& look, bool busy) {
    if (!settled_) {
        settled_ = State{now, look};
        return;
    }
    if (settled_->look == look && only_led(settled_->view_state, now)) {
        settled_ = State{now, look};
        return;
    }
    if (busy) return;
    if (!settled_->is_as(now, look)) {
        past_.push_back(std::move(*settled_));
        if (past_.size() > kMostSteps) past_.erase(past_.begin());
        future_.clear();
    }
    settled_ = State{now, look};
}

void UndoStack::go(std::vector<State>& from, std::vector<State>& to, ViewState& now,
                   MapLook& look) {
    to.push_back({std::move(now), std::move(look)});
    now = from.back().view_state;
    look = from.back().look;
    settled_ = std::move(from.back());
    from.pop_back();
}

bool UndoStack::undo(ViewState& now, MapLook& look) {
    // A change that has not settled yet is the first to be taken back.
    if (settled_ && !settled_->is_as(now, look)) {
        future_.clear();
        future_.push_back({std::move(now), std::move(look)});
        now = settled_->view_state;
        look = settled_->look;
        return true;
    }
    if (past_.empty()) return false;
    go(past_, future_, now, look);
    restarted_at_ = std::min(restarted_at_, past_.size());
    return true;
}

bool UndoStack::changed_since_restart(const ViewState& now, const MapLook& look) const {
    return past_.size() > restarted_at_ || (settled_ && !settled_->is_as(now, look));
}

bool UndoStack::redo(ViewState& now, MapLook& look) {
    if (future_.empty()) return false;
    go(future_, past_, now, look);
    return true;
}

void UndoStack::clear() {
    restarted_at_ = 0;
    settled_.reset();
    past_.clear();
    future_.clear();
}

}  // namespace elbow::gui
