#pragma once

// What of a run is on the screen, as it was drawn last: each panel notes its part, and request_of()
// reads it. GUI thread.

#include <optional>
#include <vector>

#include "engine/live/class_votes.h"
#include "engine/live/questions/directions.h"
#include "engine/live/questions/traversals.h"
#include "engine/live/request.h"
#include "engine/train/snapshot.h"

namespace elbow::gui {

struct Visible {
    bool in_hand = true;                // the panels that show one run show this one
    live::ExploreRequest of_map;        // what the map's layers ask
    live::ExploreRequest of_panels;     // what panels ask that need nothing of the view state
    bool path = false;                  // the images from A to B
    live::HeldOutClasses path_classes;  // which say what class the path is in
    std::vector<int> reconstructions;   // held-out images
    int prior_samples = 64;
    int prior_columns = 8;
    int pseudo_inputs = 0;                            // room for so many; 0: they are not shown
    bool scores = false;                              // what the model makes of each image
    train::SnapshotPtr compared;                      // other weights; null: they are not shown
    bool selection = false;                           // what the images of the selection have alike
    std::optional<live::TraversalQuery> traversals;   // but for where the dot is, and the label
    std::optional<live::DirectionsQuery> directions;  // but for the label
};

}  // namespace elbow::gui
