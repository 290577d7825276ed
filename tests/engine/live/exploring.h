#pragma once

// What the tests of the explorer share: snapshots without a run, requests, and data sets that keep
// it busy.

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "engine/fused/architecture.h"
#include "engine/live/explorer.h"
#include "engine/live/questions/cursor.h"
#include "engine/live/questions/manifold.h"
#include "engine/live/questions/map.h"
#include "engine/live/questions/path.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/prior_density.h"
#include "engine/live/questions/refined.h"
#include "engine/live/questions/sheets.h"
#include "engine/live/questions/true_posterior.h"
#include "tests/engine/train/training.h"

namespace elbow::live {

// Weights that differ from step to step, and nothing else that a snapshot of a real run has.
inline train::SnapshotPtr snapshot(std::uint64_t run, std::int64_t step, int latents = 2,
                                   int hidden = 16) {
    auto made = std::make_shared<train::ParameterSnapshot>();
    made->spec = fused::Architecture{12, 10, hidden, latents};
    made->parameters = model::initial_parameters(made->spec, "glorot",
                                                 run * 1000 + static_cast<std::uint64_t>(step));
    made->run = run;
    made->step = step;
    made->samples = step * 20;
    return made;
}

// Asks for every part there is.
inline ExploreRequest everything(std::uint64_t number) {
    ExploreRequest request;
    request.number = number;
    request.ask(CursorQuery{{0.5f, -1.0f}});
    request.ask(PointQuery{4});
    request.ask(explore::ManifoldRequest{});
    request.ask(explore::PathRequest{{1.0f, 0.0f}, {0.0f, 1.0f}, 5, explore::PathKind::kSpherical});
    request.ask(SheetsQuery{{0, 7, 59}, 6});
    request.ask(MapQuery{});
    request.ask(PriorDensityQuery{});
    request.ask(TruePosteriorQuery{4});
    return request;
}

inline ExploreRequest cursor_alone(std::uint64_t number, std::vector<float> z) {
    ExploreRequest request;
    request.number = number;
    request.ask(CursorQuery{std::move(z)});
    return request;
}

inline bool whole(const Views& views) {
    return views.get<CursorView>() && views.get<PointView>() && views.get<ManifoldView>() &&
           views.get<PathView>() && views.get<MapView>() && views.get<SheetView>() &&
           views.get<RefinedView>() && views.get<PriorDensityView>() &&
           views.get<TruePosteriorView>();
}

inline std::vector<Stamp> stamps(const Views& views) {
    return {views.get<CursorView>()->stamp,       views.get<PointView>()->stamp,
            views.get<PathView>()->stamp,         views.get<ManifoldView>()->stamp,
            views.get<MapView>()->stamp,          views.get<SheetView>()->stamp,
            views.get<RefinedView>()->stamp,      views.get<PriorDensityView>()->stamp,
            views.get<TruePosteriorView>()->stamp};
}

// So many held-out images that the map takes a while: the sixty of the tiny set, over and over.
inline std::shared_ptr<const data::Dataset> large_dataset(int copies) {
    auto dataset = std::make_shared<data::Dataset>(*test::tiny_dataset());
    const data::ImageSet once = dataset->held_out;
    data::ImageSet& many = dataset->held_out;
    many.count = once.count * copies;
    many.labels.clear();
    std::vector<std::uint8_t>& pixels = many.pixels.own();
    pixels.clear();
    pixels.reserve(once.pixels.size() * static_cast<std::size_t>(copies));
    for (int i = 0; i < copies; ++i) {
        pixels.insert(pixels.end(), once.pixels.begin(), once.pixels.end());
        many.labels.insert(many.labels.end(), once.labels.begin(), once.labels.end());
    }
    return dataset;
}

inline constexpr int kManyCopies = 4000;  // 240 000 images
inline constexpr int kManyHidden = 400;   // so that encoding them is billions of operations

class ExplorerTest : public testing::Test {
  protected:
    bool cursor_answers(std::uint64_t number) {
        return test::comes_true([&] {
            const Views views = explorer.views();
            return views.get<CursorView>() && views.get<CursorView>()->stamp.request >= number;
        });
    }

    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    Explorer explorer;
};

}  // namespace elbow::live
