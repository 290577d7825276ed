#pragma once

// The path from A to B: which kind it is, and through which points it goes. GUI thread.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "app/gui/context.h"
#include "app/gui/window_action.h"

namespace elbow::gui {

// A kind of path, in words.
struct PathWay {
    explore::PathKind kind;
    const char* name;
    const char* title;
    const char* help;
};
std::span<const PathWay> path_ways();
const PathWay& path_way(explore::PathKind);

// Why there is no path; empty: there is one.
std::string no_path_yet(const Context&);

WindowAction path_kind_action(Context&, const PathWay&);
WindowAction path_even_action(Context&);
WindowAction path_loop_action(Context&);
WindowAction placing_waypoints_action(Context&);
WindowAction swap_path_action(Context&);
WindowAction reset_path_action(Context&);
// All of these, and what only the palette has.
void add_path_actions(Context&, WindowActions&);

// Of the one under the mouse, as its menu has it, too.
WindowAction remove_waypoint_action(Context&, std::optional<std::size_t> waypoint);
void remove_waypoint_entry(Context&, std::size_t waypoint);

}  // namespace elbow::gui
