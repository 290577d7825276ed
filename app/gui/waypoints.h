#pragma once

// The points of the path in the view state, in order: A, the waypoints between, B. Each is a whole
// code z [N]. Pure functions on the view state. GUI thread.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "app/gui/map/map_view.h"
#include "app/gui/view_state.h"

namespace elbow::gui {

inline constexpr std::size_t kMostWaypoints = 24;  // A and B included

std::size_t waypoint_count(const ViewState&);
std::vector<std::vector<float>> path_waypoints(const ViewState&);
const std::vector<float>& waypoint_at(const ViewState&, std::size_t number);
// "A", "1", "2", "B"; the second: in a sentence, "waypoint 1".
std::string waypoint_name(const ViewState&, std::size_t number);
std::string waypoint_words(const ViewState&, std::size_t number);
// All of them are one place.
bool is_one_place(const ViewState&);

void put_waypoint(ViewState&, std::size_t number, std::vector<float> z);
// After that waypoint; after B, it is the new B. Throws nothing: see why_no_more_waypoints().
void insert_waypoint(ViewState&, std::size_t after, std::vector<float> z);
// The next one takes the place of A or B.
void remove_waypoint(ViewState&, std::size_t number);
// Empty: it can be done.
std::string why_no_more_waypoints(const ViewState&);
std::string why_not_removed(const ViewState&);

// The path that was drawn freehand, as few points of it as keep within `off` latent units of the
// line, and at most kMostDrawn of them; a straight path becomes a smooth one. At least two points.
inline constexpr std::size_t kMostDrawn = 9;
void put_drawn_path(ViewState&, std::span<const PlanePoint> line, double off, bool closed);

// As few points of the line as keep within `off` of it, both ends included.
std::vector<PlanePoint> thinned(std::span<const PlanePoint> line, double off);

}  // namespace elbow::gui
