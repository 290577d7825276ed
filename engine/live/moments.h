#pragma once

// The weights of a run as they were along its training, to look back at: as many moments as fit
// into memory, closer together the younger the run was. Snapshots are shared with whoever shows
// them, so that to hold one copies nothing. GUI thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/live/questions/map.h"
#include "engine/train/snapshot.h"

namespace elbow::live {

struct HeldMoment {
    train::SnapshotPtr snapshot;         // never null
    std::shared_ptr<const MapView> map;  // made of it, so that it need not be made again; or null
};

class Moments {
  public:
    // Of snapshots and maps together; two moments are held whatever they need.
    explicit Moments(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

    // The run's newest weights. Those of another run begin anew; those of no more training images
    // than the last ones take the place of all that came after.
    void add(train::SnapshotPtr);
    // A map of one of them; of any other it is not kept.
    void add(std::shared_ptr<const MapView>);
    // The moment of so many training images stays, whatever makes room; absent: none has to.
    void keep(std::optional<std::int64_t> samples) { kept_ = samples; }

    const std::vector<HeldMoment>& held() const { return held_; }  // in their order
    std::uint64_t bytes() const;
    // Where a moment lies between the first one, 0, and the last one, 1; and the number of that
    // which is nearest to a place, or to so many training images. There is one.
    double place(std::int64_t samples) const;
    std::size_t nearest_place(double place) const;
    std::size_t nearest(std::int64_t samples) const;

  private:
    void thin();

    std::uint64_t most_bytes_;
    std::vector<HeldMoment> held_;
    std::optional<std::int64_t> kept_;
};

// For one run: an eighth of what is available now, 256 MiB at the most.
std::uint64_t memory_for_moments();

}  // namespace elbow::live
