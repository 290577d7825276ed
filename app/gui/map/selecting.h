#pragma once

// Which held-out images are selected: by a line drawn around their points, by label, by number. A
// selection is a list of their numbers in rising order. Pure functions.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/map/map_classes.h"
#include "app/gui/map/map_view.h"
#include "engine/data/dataset.h"

namespace elbow::gui {

using Selection = std::vector<int>;

enum class Selecting { kReplace, kAdd, kTakeAway };

// What a selection is after more was selected.
Selection combined(const Selection& before, const Selection& found, Selecting how);
// All others of so many images.
Selection inverted(const Selection&, int images);
// With the image, or without it where it was in.
Selection toggled(Selection, int image);
bool is_selected(const Selection&, int image);

// Why nothing can be done with it; empty: it can.
std::string why_nothing_selected(const ViewState&);

// Whose points lie within the closed line and are shown.
Selection inside(const PlacedPoints&, std::uint32_t hidden_labels,
                 std::span<const PlanePoint> line);

// Whose values are within the range, both ends included, and whose points are shown. values: of
// each point; none is within the range that is no number.
Selection with_values(const PlacedPoints&, std::uint32_t hidden_labels,
                      std::span<const float> values, float low, float high);

// Of what was typed: "7, 20-29" are numbers of images, and a word or a single number that is the
// name of a class, one of those that the map shows or a label, is all images of that class.
// `message` says what was not understood; then the selection is empty.
Selection typed_selection(std::string_view typed, const data::Dataset&, const MapClasses& shown,
                          std::string& message);

// Without the points that are not selected, where the view state isolates the selection.
PlacedPoints isolated(PlacedPoints, const ViewState&);

}  // namespace elbow::gui
