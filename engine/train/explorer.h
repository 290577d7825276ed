#pragma once

// The explorer's thread answers what the window asks about the latent space: newest snapshot x
// newest request. Each part of the answer is an immutable View of its own, so that a decoded image
// under the cursor never waits for the ten thousand images of the map. Requests that were overtaken
// are dropped.

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/explore/amortisation.h"
#include "engine/explore/interpolation.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "engine/explore/point.h"
#include "engine/train/snapshot.h"

namespace elbow::train {

// What the window wants to see now. `number` rises with each change of the request and comes back
// in the views.
struct ExploreRequest {
    std::uint64_t number = 0;
    std::vector<float> cursor_z;                       // [N]; empty: no cursor
    std::optional<int> point;                          // held-out image whose posterior is shown
    std::optional<explore::ManifoldRequest> manifold;  // absent: not shown
    std::optional<explore::PathRequest> path;          // absent: no interpolation
    bool map = true;                                   // posterior means of the held-out images
    bool sheets = true;                                // reconstructions and prior samples
    std::vector<int> reconstructions;                  // held-out images
    int prior_samples = 64;
    std::uint64_t prior_seed = 1;  // a new seed: new noise
};

// Every view says which snapshot (run, step, samples) and which request it answers. A part is made
// anew for a newer snapshot, or when the fields that concern it change; its request number is that
// of the newest request when it was made. Only the cursor answers every request.
struct Stamp {
    std::uint64_t run = 0;
    std::int64_t step = -1;
    std::int64_t samples = 0;
    std::uint64_t request = 0;
};

struct CursorView {
    Stamp stamp;
    std::vector<float> z;             // [N]
    double log_prior = 0.0;           // log N(z; 0, I), nats
    std::vector<std::uint8_t> image;  // [D]
    std::vector<explore::Neighbour>
        neighbours;  // nearest posterior means, nearest first; empty before the first map
};
struct PointView {
    Stamp stamp;
    explore::PointDetail detail;
};
struct RefinedView {
    Stamp stamp;
    explore::RefinedPoint point;
};
struct ManifoldView {
    Stamp stamp;
    explore::ManifoldRequest request;
    std::vector<std::uint8_t> images;  // [rows * columns, D], row 0 at the top (largest y)
    double seconds = 0.0;              // that decoding them took
};
struct PathView {
    Stamp stamp;
    explore::PathRequest request;
    std::vector<float> z;              // [frames, N]
    std::vector<std::uint8_t> images;  // [frames, D]
};
struct MapView {
    Stamp stamp;
    explore::LatentMap map;
    // In which some of the points stand for all (explore/nested_order.h), [count]; never null.
    std::shared_ptr<const std::vector<std::uint32_t>> order;
};
struct SheetView {
    Stamp stamp;
    std::vector<int> reconstructed;             // held-out images
    std::vector<std::uint8_t> reconstructions;  // [reconstructed.size(), D]
    int prior_count = 0;
    std::vector<std::uint8_t> prior_samples;  // [prior_count, D]
};

// Pointers are null until the first answer and after a restart until the new run's first answer. A
// part that is no longer asked for, or cannot be answered (vectors made for another number of
// latents), keeps its last view.
struct Views {
    std::shared_ptr<const CursorView> cursor;
    std::shared_ptr<const PointView> point;
    std::shared_ptr<const RefinedView> refined;  // of the point, some time after it
    std::shared_ptr<const ManifoldView> manifold;
    std::shared_ptr<const PathView> path;
    std::shared_ptr<const MapView> map;
    std::shared_ptr<const SheetView> sheets;
    std::string message;  // a failure on this thread; empty: none
};

class Explorer {
  public:
    Explorer();
    ~Explorer();
    Explorer(const Explorer&) = delete;
    Explorer& operator=(const Explorer&) = delete;

    // All three only swap pointers under a short lock. A snapshot of another run than the one
    // before takes the views down at once; a request with a lower number than the one before is
    // dropped.
    void show(SnapshotPtr, std::shared_ptr<const data::Dataset>);
    void ask(ExploreRequest);
    Views views() const;
    // The same, as soon as the cursor's view answers this request or a later one; where that takes
    // longer than `most`, as they are by then.
    Views views_answering(std::uint64_t request, std::chrono::microseconds most) const;
    // Where nothing new is asked, a part that follows the training rests so many times as long as
    // it took to make: kRest times unless told otherwise, and more than that only up to two
    // seconds.
    static constexpr int kRest = 4;
    void rest(int times) { rest_ = times; }

  private:
    class Worker;  // what the thread knows, in explorer.cpp

    void loop(const std::stop_token&);

    std::atomic<int> rest_{kRest};
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    mutable std::condition_variable cursor_made_;
    SnapshotPtr snapshot_;
    std::shared_ptr<const data::Dataset> dataset_;
    std::shared_ptr<const ExploreRequest> request_;
    bool news_ = false;
    Views views_;
    std::jthread thread_;  // last
};

}  // namespace elbow::train
