#pragma once

// What of a run is on the screen, as it was drawn last: each panel notes its part, and request_of()
// reads it. GUI thread.

#include <optional>
#include <vector>

#include "engine/explore/manifold.h"

namespace elbow::gui {

struct Visible {
    bool in_hand = true;  // the panels that show one run show this one
    // The cells behind the map's points, which are to be filled with images. Their axes, and the
    // other latents' values, are the view state's. Absent: something else is there.
    std::optional<explore::ManifoldRequest> cells;
    // The cells at which the density of the prior is asked for, on the same plane.
    std::optional<explore::ManifoldRequest> density_cells;
    bool path = false;                 // the images from A to B
    std::vector<int> reconstructions;  // held-out images
    int prior_samples = 64;
    int prior_columns = 8;
    int pseudo_inputs = 0;  // room for so many; 0: they are not shown
};

}  // namespace elbow::gui
