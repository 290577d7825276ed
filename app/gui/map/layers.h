#pragma once

// The list of the map's layers. Any thread.

#include "app/gui/map/layer.h"

namespace elbow::gui {

// From the lowest to the uppermost; their toggles and parts of the legend come in this order, too.
MapLayers make_map_layers();

}  // namespace elbow::gui
