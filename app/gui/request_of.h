#pragma once

// What the window asks of a run's explorer: a pure function of the view state and of what is
// visible.

#include "app/gui/view_state.h"
#include "app/gui/visible.h"
#include "engine/explore/interpolation.h"
#include "engine/live/questions/path_classes.h"
#include "engine/live/questions/path_geometry.h"
#include "engine/live/request.h"

namespace elbow::gui {

// Without a number.
live::ExploreRequest request_of(const ViewState& view_state, const Visible&);

// From A to B, with no more images than the strip has room for.
explore::PathRequest path_of(const ViewState& view_state);
// At how many places of the path the class is asked for, both ends included.
inline constexpr int kPathClassPlaces = 129;
live::PathClassesQuery classes_query(const ViewState& view_state, live::HeldOutClasses);
// What is asked of the paths from A to B.
live::PathGeometryQuery geometry_query(const ViewState& view_state);

}  // namespace elbow::gui
