#include "app/gui/request_of.h"

#include <algorithm>
#include <utility>

#include "engine/live/questions/comparison.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/other_map.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "engine/live/questions/scores.h"
#include "engine/live/questions/selection.h"
#include "engine/live/questions/sheets.h"

namespace elbow::gui {

explore::PathRequest path_of(const ViewState& view_state) {
    return {.from = view_state.path_from,
            .to = view_state.path_to,
            .frames = std::clamp(view_state.path_frames, kFewestPathFrames, kMostPathFrames),
            .kind = view_state.path_kind,
            .label = view_state.label,
            .even = view_state.path_even,
            .through = view_state.path_through,
            .closed = view_state.path_closed};
}

live::PathClassesQuery classes_query(const ViewState& view_state, live::HeldOutClasses classes) {
    live::PathClassesQuery query{path_of(view_state), std::move(classes)};
    query.path.frames = kPathClassPlaces;
    return query;
}

live::PathGeometryQuery geometry_query(const ViewState& view_state) {
    return {view_state.path_from, view_state.path_to, view_state.label, view_state.path_through,
            view_state.path_closed};
}

live::ExploreRequest request_of(const ViewState& view_state, const Visible& visible) {
    live::ExploreRequest request = visible.of_map;
    request.ask(live::CursorQuery{view_state.cursor, view_state.label});
    request.ask(live::MapQuery{});
    if (view_state.point) request.ask(live::PointQuery{*view_state.point});
    // The panels that show one run: of a race, the other run has only a map.
    if (visible.in_hand) {
        request.ask_all(visible.of_panels);
        if (visible.path) {
            const explore::PathRequest path = path_of(view_state);
            request.ask(path);
            if (path.needs_geometry()) request.ask(geometry_query(view_state));
            request.ask(classes_query(view_state, visible.path_classes));
        }
        request.ask(live::SheetsQuery{visible.reconstructions, visible.prior_samples,
                                      view_state.prior_seed, visible.prior_columns});
        if (visible.pseudo_inputs > 0) request.ask(live::PseudoInputsQuery{visible.pseudo_inputs});
        if (visible.scores) request.ask(live::ScoresQuery{});
        if (visible.selection && !view_state.selection.empty())
            request.ask(live::SelectionQuery{view_state.selection, view_state.label});
        if (visible.compared != nullptr) {
            request.ask(live::ComparisonQuery{visible.compared, view_state.cursor, view_state.label,
                                              view_state.point});
            request.ask(live::OtherMapQuery{visible.compared});
        }
        if (visible.traversals) {
            live::TraversalQuery query = *visible.traversals;
            query.z = view_state.cursor;
            query.label = view_state.label;
            request.ask(std::move(query));
        }
        if (visible.directions) {
            live::DirectionsQuery query = *visible.directions;
            query.label = view_state.label;
            request.ask(std::move(query));
        }
    }
    return request;
}

}  // namespace elbow::gui
