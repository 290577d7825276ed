#include "app/gui/actions/path.h"

#include <algorithm>

#include "app/gui/waypoints.h"
#include "app/gui/widgets/controls.h"

namespace elbow::gui {
namespace {

constexpr PathWay kWays[] = {
    {explore::PathKind::kStraight, "straight", "Straight",
     "A straight line from each point to the next."},
    {explore::PathKind::kSpherical, "spherical", "Spherical",
     "From each point to the next the path turns around the origin at constant speed, and its "
     "distance from the origin changes evenly; with many latents, draws from the prior lie on a "
     "shell."},
    {explore::PathKind::kSmooth, "smooth", "Smooth",
     "A curve without corners through all points (Catmull-Rom); of A and B alone the straight "
     "line."},
    {explore::PathKind::kGeodesic, "geodesic", "Geodesic",
     "The path along which the decoded image changes least on its way from each point to the next, "
     "found anew as the model learns. With W, the map shows it beside the others."}};

WindowAction add_at_dot_action(Context& context) {
    return {.id = "strip.add_at_dot",
            .title = "Lead the path on to the dot",
            .help = "The path ends at the dot from now on; where it ended before is a waypoint.",
            .run =
                [&context] {
                    ViewState& view_state = context.view_state;
                    insert_waypoint(view_state, waypoint_count(view_state) - 1, view_state.cursor);
                },
            .why_not = no_path_yet(context).empty() ? why_no_more_waypoints(context.view_state)
                                                    : no_path_yet(context)};
}

WindowAction forget_waypoints_action(Context& context) {
    std::vector<std::vector<float>>& through = context.view_state.path_through;
    return {.id = "strip.no_waypoints",
            .title = "Remove all waypoints between A and B",
            .help = "The path leads from A to B again.",
            .run = [&through] { through.clear(); },
            .why_not = through.empty() ? "There is no waypoint between A and B." : ""};
}

}  // namespace

std::span<const PathWay> path_ways() { return kWays; }

const PathWay& path_way(explore::PathKind kind) {
    return *std::find_if(std::begin(kWays), std::end(kWays) - 1,
                         [&](const PathWay& each) { return each.kind == kind; });
}

std::string no_path_yet(const Context& context) {
    const auto latents = static_cast<std::size_t>(context.latents());
    const auto fits = [&](const std::vector<float>& z) { return z.size() == latents; };
    const auto points = path_waypoints(context.view_state);
    const bool there = context.has_run() && std::all_of(points.begin(), points.end(), fits);
    return there ? "" : "There is no model yet.";
}

WindowAction path_kind_action(Context& context, const PathWay& way) {
    explore::PathKind& chosen = context.view_state.path_kind;
    return {.id = std::string("strip.kind.") + way.name,
            .title = std::string(way.title) + " path from A to B",
            .help = way.help,
            .run = [&chosen, to = way.kind] { chosen = to; },
            .on = chosen == way.kind};
}

WindowAction path_even_action(Context& context) {
    bool& even = context.view_state.path_even;
    return {.id = "strip.even",
            .title = "Frames of the path at equal distances of images",
            .help =
                "On: the frames lie at equal distances in the space of images, so that each looks "
                "as different from the next as all others do. Off: at equal steps in z.",
            .run = [&even] { even = !even; },
            .on = even};
}

WindowAction path_loop_action(Context& context) {
    bool& closed = context.view_state.path_closed;
    return {.id = "strip.loop",
            .title = "Close the path: from B back to A",
            .help =
                "On: the path goes on from B back to A, and Play goes round and round. Off: it "
                "ends at B, and Play goes there and back.",
            .run = [&closed] { closed = !closed; },
            .on = closed};
}

WindowAction placing_waypoints_action(Context& context) {
    bool& placing = context.settings.placing_waypoints;
    return {.id = "strip.waypoints",
            .title = "Place waypoints of the path on the map",
            .help =
                "While it is on (V, until Escape): a click on the map leads the path on to there, "
                "a press on its line puts a waypoint into it, and a line drawn on the map is the "
                "new path. Waypoints can always be dragged; Delete removes the one under the "
                "mouse.",
            .run =
                [&context] {
                    context.settings.placing_waypoints ^= true;
                    if (context.settings.placing_waypoints) context.view_state.path_shown = true;
                },
            .why_not = no_path_yet(context),
            .keys = {{Key::kV}},
            .on = placing};
}

WindowAction swap_path_action(Context& context) {
    return {.id = "strip.swap",
            .title = "Swap A and B",
            .help = "Swaps A and B: the path goes the other way.",
            .run = [&context] { context.view_state.swap_path(); },
            .why_not = no_path_yet(context)};
}

WindowAction reset_path_action(Context& context) {
    return {.id = "strip.reset",
            .title = "Put A and B back to their first places",
            .help =
                "Puts A and B back to their first places, with nothing between: two images, one on "
                "either side of the points.",
            .run = [&context] { context.view_state.reset_path(); },
            .why_not = no_path_yet(context)};
}

void add_path_actions(Context& context, WindowActions& actions) {
    for (const PathWay& way : kWays) actions.push_back(path_kind_action(context, way));
    actions.push_back(path_even_action(context));
    actions.push_back(path_loop_action(context));
    actions.push_back(placing_waypoints_action(context));
    actions.push_back(add_at_dot_action(context));
    actions.push_back(forget_waypoints_action(context));
    actions.push_back(swap_path_action(context));
    actions.push_back(reset_path_action(context));
}

WindowAction remove_waypoint_action(Context& context, std::optional<std::size_t> waypoint) {
    const bool there = waypoint && *waypoint < waypoint_count(context.view_state);
    return {.id = "map.remove_waypoint",
            .title = "Remove the waypoint under the mouse",
            .help = "The path from A to B goes past it; of A or B, the next one takes its name.",
            .run = [&context,
                    number = waypoint.value_or(0)] { remove_waypoint(context.view_state, number); },
            .why_not = there ? why_not_removed(context.view_state)
                             : "Point at the waypoint on the map and press Delete.",
            .keys = {{Key::kDelete}},
            .for_the_mouse = "Point at the waypoint on the map and press Delete."};
}

void remove_waypoint_entry(Context& context, std::size_t waypoint) {
    if (waypoint >= waypoint_count(context.view_state)) return;
    const WindowAction action = remove_waypoint_action(context, waypoint);
    const std::string label =
        "Remove " + waypoint_words(context.view_state, waypoint) + " from the path";
    if (ImGui::MenuItem(label.c_str(), "Del", false, action.why_not.empty())) action.run();
    context.layout.mark("menu.remove_waypoint", action.why_not.empty() ? "" : "disabled");
    hover(context, action.why_not.empty() ? action.help.c_str() : action.why_not.c_str());
}

}  // namespace elbow::gui
