#pragma once

// A bound as this program prints it, and the same number as others print it: sums, means, bits, and
// the losses of two examples that everybody knows. Pure functions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/model/spec.h"
#include "engine/run/config.h"

namespace elbow::run {

// A mean over images, in nats per image, of one model. NaN is what is not known.
struct MeasuredBound {
    double reconstruction = 0.0;  // log p(x|z)
    double kl = 0.0;              // of an estimator without a bound: NaN
    // reconstruction - kl, and what importance weights gain; of an estimator without a bound: NaN.
    double bound = 0.0;
    std::int64_t images = 1;

    // What importance weights gain over the bound without them.
    double gain() const { return bound - (reconstruction - kl); }
};

struct BoundForm {
    const char* id;                    // "bits"
    std::string name;                  // "Bits per dimension"
    std::string help;                  // one or two sentences
    std::optional<double> value = {};  // absent: it has no meaning here
    std::string why_not = {};          // then this says why
    int decimals = 2;                  // that tell
};

// How many of the forms are the program's own.
inline constexpr int kOwnForms = 3;
// In the order in which they are shown: the bound and its parts first, as kOwnForms says. `config`:
// the run, for its estimator and its beta. `spec`: its model. `targets`: what the bound is on.
std::vector<BoundForm> bound_forms(const RunConfig& config, const model::ModelSpec& spec,
                                   data::Targets targets, const MeasuredBound&);

}  // namespace elbow::run
