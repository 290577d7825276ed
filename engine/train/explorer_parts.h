#pragma once

// The parts of the explorer's answer, one function each from a scene to a view; when each is made
// is the business of explorer.cpp. Used by the explorer's thread alone.

#include <memory>

#include "engine/data/dataset.h"
#include "engine/model/vae.h"
#include "engine/train/explorer.h"

namespace elbow::train {

// In the order of their urgency.
enum class Part { kCursor, kPoint, kPath, kManifold, kSheets, kRefined, kMap };
inline constexpr int kPartCount = 7;

// What every part is made from.
struct Scene {
    SnapshotPtr snapshot;
    std::shared_ptr<const data::Dataset> dataset;
    std::shared_ptr<const ExploreRequest> request;
};

// "the map": for messages.
const char* title(Part);

// Whether the part is asked for and its vectors and image numbers fit the model and the data set,
// which just after a restart they may not.
bool answerable(Part, const Scene&);

// Whether the one part looks the same for both requests. Never so for the cursor: it answers every
// request.
bool same_fields(Part, const ExploreRequest&, const ExploreRequest&);

Stamp stamp_of(const Scene&);

// The map may be null.
std::shared_ptr<const CursorView> make_cursor(model::Vae&, const Scene&, const MapView* map);
std::shared_ptr<const PointView> make_point(model::Vae&, const Scene&);
std::shared_ptr<const PathView> make_path(model::Vae&, const Scene&);
std::shared_ptr<const ManifoldView> make_manifold(model::Vae&, const Scene&);
std::shared_ptr<const SheetView> make_sheets(model::Vae&, const Scene&);

// A map in the making: all of it from the scene that it was begun with.
struct MapWork {
    explicit MapWork(Scene begun_with);

    // Encodes some more images; true when that was the last of them.
    bool advance(model::Vae&);

    Scene scene;
    std::shared_ptr<MapView> view;
    int encoded = 0;
};

// The chosen image's posterior in the making, likewise.
struct RefinedWork {
    RefinedWork(Scene begun_with, model::Vae&);

    // Makes some more steps; true when those were the last, and the view is whole.
    bool advance();

    Scene scene;
    explore::PointRefinement refinement;
    std::shared_ptr<RefinedView> view;
};

}  // namespace elbow::train
