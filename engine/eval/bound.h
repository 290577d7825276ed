#pragma once

// The variational lower bound of a whole image set under given parameters. Deterministic: its noise
// comes from a stream of its own, the same at each evaluation, so that curves compare like with
// like.

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/batch.h"
#include "engine/model/model.h"

namespace elbow::eval {

// Means over images, in nats per image; targets are the image set's values.
struct Bound {
    double reconstruction = 0.0;  // log p(x|z), one noise sample an image unless said otherwise
    double kl = 0.0;              // in closed form, or estimated from the draws where there is none
    double gain = 0.0;            // of the importance-weighted bound over the plain one
    std::vector<double> kl_per_latent;  // [N], sums to kl; NaN where it has no closed form
    int images = 0;
    double bound() const { return reconstruction - kl + gain; }
};

enum class BoundKind {
    kPlain,               // the lower bound from L noise samples
    kImportanceWeighted,  // the IWAE bound with k = L samples; without it `gain` stays 0
    kAtTheMean,           // no noise: z is the posterior mean, so there is no bound, and L is 1
};

// A bound in progress: for a million images it takes seconds, and the caller may have other things
// to do in between. Parameters and images must not change until it ends. Throws as lower_bound.
class BoundWork {
  public:
    BoundWork(const model::ModelSpec&, model::Parameters, const data::Batch& images,
              int noise_samples, std::uint64_t seed, BoundKind = BoundKind::kPlain);
    ~BoundWork();
    BoundWork(BoundWork&&) noexcept;
    BoundWork& operator=(BoundWork&&) noexcept;

    // Goes on for about this many seconds, by at least one chunk of images per member; true when
    // those were the last.
    bool advance(Team&, double seconds = std::numeric_limits<double>::infinity());
    // Over the images that are done, of which there must be some; once all are, the same bits for
    // every team and all pieces.
    Bound result() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// All at once.
Bound lower_bound(const model::ModelSpec&, model::Parameters, const data::Batch& images,
                  int noise_samples, std::uint64_t seed, Team&, BoundKind = BoundKind::kPlain);

}  // namespace elbow::eval
