#pragma once

// Means of the weights along a run: where steps are noisy they lie closer to the optimum than the
// weights themselves (Polyak & Juditsky 1992).

#include <cstdint>
#include <memory>
#include <string>

#include "engine/core/registry.h"
#include "engine/optim/optimizer.h"

namespace elbow::optim {

// Updates between two sets of weights that a mean takes in: what lies between is so much like them
// that it would change nothing, and would cost as much as the update itself.
inline constexpr int kAverageEvery = 16;

struct AverageSettings {
    int span;     // updates that an exponential mean reaches back
    double part;  // of the run, the last one, that a tail average is over
};

struct AverageEntry {
    std::string name;
    std::string title;
    std::string summary;
    // The share of the newest weights in the mean when it is the `count`-th that it takes in, 1 for
    // the first. Null: there is no mean.
    double (*share)(std::int64_t count, const AverageSettings&);
};

const Registry<AverageEntry>& averages();

// That of the update with this number, 1 for the first; 0 where it is not taken in. Until the first
// one that a mean takes in, the newest weights stand for it.
double average_share(const AverageEntry&, std::int64_t update, const AverageSettings&);

// The mean's name among what an optimiser remembers.
inline constexpr const char* kAveragedWeights = "average.weights";

// The optimiser, and a mean of the weights that it makes, by StepSettings::average_share.
std::unique_ptr<Optimizer> with_average(std::unique_ptr<Optimizer>, std::int64_t size);

}  // namespace elbow::optim
