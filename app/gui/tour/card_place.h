#pragma once

// Where the card of the guided tour goes, and what is dimmed around what it points at. Pure
// functions.

#include <span>
#include <vector>

#include "app/gui/area.h"
#include "imgui.h"

namespace elbow::gui {

// How much of the two is the same, square pixels.
float shared_area(const Area&, const Area&);

// What is left of the whole outside of the holes: areas that do not overlap.
std::vector<Area> outside(const Area& whole, std::span<const Area> holes);

// A card of this size within the window: beside the first of the targets, over none of them; where
// that cannot be, over as little of them as can be. In the middle where there are none.
Area card_place(ImVec2 size, std::span<const Area> targets, const Area& window, float gap);

}  // namespace elbow::gui
