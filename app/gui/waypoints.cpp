#include "app/gui/waypoints.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace elbow::gui {
namespace {

// From a place to the line between two others.
double away_from(PlanePoint at, PlanePoint a, PlanePoint b) {
    const double x = b.x - a.x, y = b.y - a.y, squared = x * x + y * y;
    const double along =
        squared > 0.0 ? std::clamp(((at.x - a.x) * x + (at.y - a.y) * y) / squared, 0.0, 1.0) : 0.0;
    return std::hypot(at.x - a.x - along * x, at.y - a.y - along * y);
}

// Douglas and Peucker: the place that lies farthest off is kept, and so on between it and the ends.
void keep_between(std::span<const PlanePoint> line, std::size_t first, std::size_t last, double off,
                  std::vector<bool>& kept) {
    std::size_t farthest = first;
    double most = off;
    for (std::size_t i = first + 1; i < last; ++i) {
        const double away = away_from(line[i], line[first], line[last]);
        if (away <= most) continue;
        most = away;
        farthest = i;
    }
    if (farthest == first) return;
    kept[farthest] = true;
    keep_between(line, first, farthest, off, kept);
    keep_between(line, farthest, last, off, kept);
}

}  // namespace

std::size_t waypoint_count(const ViewState& view_state) {
    return view_state.path_through.size() + 2;
}

std::vector<std::vector<float>> path_waypoints(const ViewState& view_state) {
    std::vector<std::vector<float>> all{view_state.path_from};
    all.insert(all.end(), view_state.path_through.begin(), view_state.path_through.end());
    all.push_back(view_state.path_to);
    return all;
}

const std::vector<float>& waypoint_at(const ViewState& view_state, std::size_t number) {
    if (number == 0) return view_state.path_from;
    const bool last = number > view_state.path_through.size();
    return last ? view_state.path_to : view_state.path_through[number - 1];
}

std::string waypoint_name(const ViewState& view_state, std::size_t number) {
    if (number == 0) return "A";
    return number > view_state.path_through.size() ? "B" : std::to_string(number);
}

std::string waypoint_words(const ViewState& view_state, std::size_t number) {
    const std::string name = waypoint_name(view_state, number);
    return name == "A" || name == "B" ? name : "waypoint " + name;
}

bool is_one_place(const ViewState& view_state) {
    const auto is_a = [&](const std::vector<float>& z) { return z == view_state.path_from; };
    return is_a(view_state.path_to) &&
           std::all_of(view_state.path_through.begin(), view_state.path_through.end(), is_a);
}

void put_waypoint(ViewState& view_state, std::size_t number, std::vector<float> z) {
    if (number == 0) return view_state.put_a(std::move(z));
    if (number > view_state.path_through.size()) return view_state.put_b(std::move(z));
    view_state.path_through[number - 1] = std::move(z);
    view_state.path_follows = false;
}

void insert_waypoint(ViewState& view_state, std::size_t after, std::vector<float> z) {
    if (after > view_state.path_through.size()) std::swap(z, view_state.path_to);
    const std::size_t place = std::min(after, view_state.path_through.size());
    view_state.path_through.insert(
        view_state.path_through.begin() + static_cast<std::ptrdiff_t>(place), std::move(z));
    view_state.path_follows = false;
}

void remove_waypoint(ViewState& view_state, std::size_t number) {
    std::vector<std::vector<float>>& through = view_state.path_through;
    if (through.empty()) return;
    if (number == 0) {
        view_state.path_from = std::move(through.front());
    } else if (number > through.size()) {
        view_state.path_to = std::move(through.back());
    }
    const std::size_t gone = std::clamp(number, std::size_t{1}, through.size()) - 1;
    through.erase(through.begin() + static_cast<std::ptrdiff_t>(gone));
    view_state.path_follows = false;
}

std::string why_no_more_waypoints(const ViewState& view_state) {
    if (waypoint_count(view_state) < kMostWaypoints) return {};
    return "A path has " + std::to_string(kMostWaypoints) +
           " points at the most: remove one to place another.";
}

std::string why_not_removed(const ViewState& view_state) {
    return view_state.path_through.empty()
               ? "A path has two points at the least, A and B: drag them instead."
               : "";
}

std::vector<PlanePoint> thinned(std::span<const PlanePoint> line, double off) {
    if (line.size() < 3) return {line.begin(), line.end()};
    std::vector<bool> kept(line.size(), false);
    kept.front() = kept.back() = true;
    keep_between(line, 0, line.size() - 1, off, kept);
    std::vector<PlanePoint> few;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (kept[i]) few.push_back(line[i]);
    return few;
}

void put_drawn_path(ViewState& view_state, std::span<const PlanePoint> line, double off,
                    bool closed) {
    std::vector<PlanePoint> few = thinned(line, off);
    // Of a closed one the end is the beginning.
    const std::size_t most = kMostDrawn + (closed ? 1 : 0);
    while (few.size() > most) few = thinned(line, off *= 1.3);
    if (closed && few.size() > 3) few.pop_back();
    view_state.path_through.clear();
    for (std::size_t i = 1; i + 1 < few.size(); ++i)
        view_state.path_through.push_back(lifted(view_state, few[i]));
    view_state.put_a(lifted(view_state, few.front()));
    view_state.put_b(lifted(view_state, few.back()));
    view_state.path_closed = closed && few.size() > 2;
    if (view_state.path_kind == explore::PathKind::kStraight)
        view_state.path_kind = explore::PathKind::kSmooth;
}

}  // namespace elbow::gui
