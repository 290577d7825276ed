#include "app/gui/exploration.h"

#include <algorithm>

namespace elbow::gui {
namespace {

constexpr std::size_t kMostSteps = 200;

std::vector<float> point_in_plane(int latents, int x_axis, int y_axis, float x, float y) {
    std::vector<float> z(static_cast<std::size_t>(latents), 0.0f);
    if (latents == 0) return z;
    z[static_cast<std::size_t>(x_axis)] = x;
    if (y_axis != x_axis) z[static_cast<std::size_t>(y_axis)] = y;
    return z;
}

}  // namespace

bool same_choice(const Exploration& a, const Exploration& b) {
    if (!a.follow_fit || !b.follow_fit) return a == b;
    Exploration with_rect_of_b = a;
    with_rect_of_b.rect = b.rect;
    return with_rect_of_b == b;
}

void Exploration::fit_to(int latents) {
    const auto size = static_cast<std::size_t>(std::max(latents, 0));
    const int last = std::max(latents - 1, 0);
    if (x_axis < 0 || x_axis > last) x_axis = 0;
    if (y_axis < 0 || y_axis > last) y_axis = std::min(1, last);
    if (x_axis == y_axis && latents > 1) y_axis = x_axis == 0 ? 1 : 0;
    if (cursor.size() != size) {
        cursor.assign(size, 0.0f);
        rect = MapRect{};
        follow_fit = true;
    }
    if (anchor.size() != size) anchor.assign(size, 0.0f);
    // The handles start apart and beside the dot, so that all three can be grabbed.
    if (path_from.size() != size) path_from = point_in_plane(latents, x_axis, y_axis, -1.2f, -0.8f);
    if (path_to.size() != size) path_to = point_in_plane(latents, x_axis, y_axis, 1.2f, 0.8f);
}

void UndoStack::observe(const Exploration& now, bool busy) {
    if (!settled_) {
        settled_ = now;
        return;
    }
    if (busy) return;
    if (same_choice(*settled_, now)) {
        settled_ = now;
        return;
    }
    past_.push_back(std::move(*settled_));
    if (past_.size() > kMostSteps) past_.erase(past_.begin());
    settled_ = now;
    future_.clear();
}

bool UndoStack::undo(Exploration& now) {
    // A change that has not settled yet is the first to be taken back.
    if (settled_ && !same_choice(*settled_, now)) {
        future_.clear();
        future_.push_back(std::move(now));
        now = *settled_;
        return true;
    }
    if (past_.empty()) return false;
    future_.push_back(std::move(now));
    now = std::move(past_.back());
    past_.pop_back();
    restarted_at_ = std::min(restarted_at_, past_.size());
    settled_ = now;
    return true;
}

bool UndoStack::changed_since_restart(const Exploration& now) const {
    return past_.size() > restarted_at_ || (settled_ && !same_choice(*settled_, now));
}

bool UndoStack::redo(Exploration& now) {
    if (future_.empty()) return false;
    past_.push_back(std::move(now));
    now = std::move(future_.back());
    future_.pop_back();
    settled_ = now;
    return true;
}

void UndoStack::clear() {
    restarted_at_ = 0;
    settled_.reset();
    past_.clear();
    future_.clear();
}

}  // namespace elbow::gui
