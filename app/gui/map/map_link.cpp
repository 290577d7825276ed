#include "app/gui/map/map_link.h"

#include <tuple>

namespace elbow::gui {

MapLink::Placed MapLink::placed(const ViewState& seen) {
    Placed found;
    if (!seen.dot_follows) {
        found.dot = seen.cursor;
        found.anchor = seen.anchor;
    }
    if (!seen.axes_follow) found.axes = {seen.x_axis, seen.y_axis};
    if (!seen.follow_fit) found.rect = seen.rect;
    found.paper_view = seen.paper_view;
    return found;
}

void MapLink::put(ViewState& seen, const Placed& wanted) {
    seen.dot_follows = wanted.dot.empty();
    if (!seen.dot_follows) {
        seen.cursor = wanted.dot;
        seen.anchor = wanted.anchor;
    }
    seen.axes_follow = !wanted.axes;
    if (wanted.axes) std::tie(seen.x_axis, seen.y_axis) = *wanted.axes;
    // A view of the unit square is none of z.
    if (seen.paper_view != wanted.paper_view) return;
    seen.follow_fit = !wanted.rect;
    if (wanted.rect) seen.rect = *wanted.rect;
}

void MapLink::follow(const Both& both, std::size_t in_hand, bool on) {
    if (!on) return seen_.reset();
    const std::array<Placed, 2> now{placed(*both[0]), placed(*both[1])};
    if (seen_ == now) return;
    const bool begins = !seen_.has_value();
    const bool by_hand = begins || (*seen_)[in_hand] != now[in_hand];
    const std::size_t leader = by_hand ? in_hand : 1 - in_hand;
    put(*both[1 - leader], now[leader]);
    seen_ = std::array{placed(*both[0]), placed(*both[1])};
}

std::string why_no_link(int latents, int other_latents) {
    if (latents == other_latents) return {};
    return "The two models have " + std::to_string(latents) + " and " +
           std::to_string(other_latents) + " latents: a z of one is none of the other.";
}

}  // namespace elbow::gui
