#pragma once

// A race: two runs on the same data that differ in how they learn, or in their models. It begins
// from the same weights.

#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "engine/run/config.h"

namespace elbow::live {

// Keeps the two in lockstep in training images seen: whoever is ahead rests. Any thread.
class Pace {
  public:
    // Off: each goes at its own speed.
    std::atomic<bool> on{true};

    // lane 0 or 1.
    void report(int lane, std::int64_t samples) {
        samples_[static_cast<std::size_t>(lane)] = samples;
    }
    // The other no longer waits for this one.
    void leave(int lane) { report(lane, std::numeric_limits<std::int64_t>::max()); }
    // By more than a moment's work.
    bool is_ahead(int lane) const {
        const auto self = static_cast<std::size_t>(lane);
        return on && samples_[self] - kSlack > samples_[1 - self];
    }

  private:
    static constexpr std::int64_t kSlack = 2000;  // training images
    std::array<std::atomic<std::int64_t>, 2> samples_{};
};

// Data and seed are of the race, the rest is of each run.
bool is_shared_in_race(const Option&);

// `other` as the rival with which a race begins: of the data and the model of `wished`, so that
// both have the same weights.
RunConfig rival_of(const RunConfig& wished, RunConfig other);
// The other run's configuration when the race is on and this run is to be `wished`: of its data,
// with a model of its own.
RunConfig beside(const RunConfig& wished, RunConfig other);
// The two begin from the same weights.
bool same_start(const RunConfig&, const RunConfig&);

// What tells the two apart: the names of their estimators or, where these are the same, the options
// that differ: {"Step size 0.01", "Step size 0.02"}.
std::pair<std::string, std::string> race_names(const RunConfig&, const RunConfig&);

}  // namespace elbow::live
