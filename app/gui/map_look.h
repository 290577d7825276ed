#pragma once

// What the latent map shows: its layers, the ground under them and the colours of its points. A
// value, which the settings remember, undo takes back and a bookmark keeps.

#include <map>
#include <string>

namespace elbow::gui {

enum class Backdrop { kNone, kManifold, kDensity, kMetric, kClasses };

struct MapLook {
    Backdrop backdrop = Backdrop::kNone;
    bool points_shown = true;
    std::map<std::string, bool> layers;  // by their toggles' names: on
    std::string point_colour = "label";  // or one of map/colourings.h
    bool operator==(const MapLook&) const = default;
};

}  // namespace elbow::gui
