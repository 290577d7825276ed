#pragma once

// One dot and one view for the two maps of a race: what is moved in one is moved in the other. What
// follows the run (a dot that nobody has placed, a view that fits, the most active latents) goes on
// to follow the run of each. GUI thread.

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/view_state.h"

namespace elbow::gui {

class MapLink {
  public:
    using Both = std::array<ViewState*, 2>;  // of the two runs

    // Once a frame. Whichever was moved leads the other one, and that of the run in hand where both
    // were, or where the link begins. `on` only for as many latents in both, and for view states
    // that fit them.
    void follow(const Both&, std::size_t in_hand, bool on);

  private:
    // What a person has placed; absent or empty: it follows the run.
    struct Placed {
        std::vector<float> dot, anchor;  // [N]
        std::optional<std::pair<int, int>> axes;
        std::optional<MapRect> rect;
        bool paper_view = false;
        bool operator==(const Placed&) const = default;
    };
    static Placed placed(const ViewState&);
    static void put(ViewState&, const Placed&);

    std::optional<std::array<Placed, 2>> seen_;  // in the frame before; absent: it was off
};

// Why the maps of two models cannot be linked; empty: they can.
std::string why_no_link(int latents, int other_latents);

}  // namespace elbow::gui
