#pragma once

// Per-image variational inference: what was done before an encoder answered for all images at once.
// Each image has its own mean and log-variance, which climb its own lower bound; the gap between
// the encoder's answer and this one is the cost of amortisation. Owned and used by one thread.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/core/rng.h"
#include "engine/infer/importance_weights.h"
#include "engine/infer/log_joint.h"
#include "engine/optim/adam_step.h"

namespace elbow::infer {

// Stochastic gradient ascent on q(z|x) = N(mean, diag e^log_variance) of a batch of images.
class PosteriorAscent {
  public:
    // From mean, log_variance [count, N] of `images` [count]; noise_samples (L) >= 1 a step.
    PosteriorAscent(LogJoint&, std::span<const std::uint32_t> images, std::span<const float> mean,
                    std::span<const float> log_variance, int noise_samples, std::uint64_t seed);

    // One step of Adam of the given size on all local parameters; evaluates count * L rows. An
    // image whose gradient is not finite stays where it is.
    void step(double step_size);

    std::span<const float> mean() const { return mean_; }                  // [count, N]
    std::span<const float> log_variance() const { return log_variance_; }  // [count, N]

  private:
    void draw();
    bool estimate_gradient(std::size_t image);
    void climb(std::size_t image, const optim::AdamRates&);

    LogJoint& joint_;
    std::size_t latents_;
    std::size_t noise_samples_;
    Stream noise_;
    std::uint64_t steps_ = 0;
    std::vector<std::uint32_t> row_images_;  // [count * L]
    std::vector<float> mean_;                // [count, N]
    std::vector<float> log_variance_;        // [count, N]
    std::vector<float> epsilon_;             // [count, L, N]
    std::vector<float> z_;                   // [count, L, N]
    std::vector<float> slope_;               // [count, L, N], d log p(x, z) / dz
    std::vector<double> log_joint_;          // [count * L]
    std::vector<float> gradient_;            // [2, N], of one image's bound by mean, log-variance
    std::vector<float> first_, second_;      // [count, 2, N], Adam's moments
};

struct RefinementSettings {
    int steps = 300;
    int noise_samples = 4;         // L of a step
    int evaluation_samples = 200;  // L of the bounds before and after
    double step_size = 0.1;        // of the first step; falls to zero along half a cosine
};

struct RefinedPosterior {
    std::vector<float> mean, log_variance;          // [count, N]
    std::vector<double> bound_before, bound_after;  // [count], nats, both from the same noise
};

// Improves the given q(z|x), an encoder's answer or N(0, I), for as many steps as the settings say,
// a few at a time, so that the caller can do other things in between. An image whose bound did not
// rise keeps what it had.
class PosteriorRefinement {
  public:
    // mean, log_variance: [count, N]. Throws UsageError for settings out of range.
    PosteriorRefinement(LogJoint&, std::span<const std::uint32_t> images,
                        std::span<const float> mean, std::span<const float> log_variance,
                        const RefinementSettings&, std::uint64_t seed);

    // So many more steps; true when those were the last, and result() is whole.
    bool advance(int steps);
    int steps_made() const { return steps_made_; }
    const RefinedPosterior& result() const { return result_; }

  private:
    std::vector<double> bounds(DiagonalGaussians) const;
    void keep_what_did_not_rise();

    LogJoint& joint_;
    RefinementSettings settings_;
    std::uint64_t seed_;
    std::vector<std::uint32_t> images_;       // [count]
    std::vector<float> mean_, log_variance_;  // [count, N], as given
    PosteriorAscent ascent_;
    int steps_made_ = 0;
    RefinedPosterior result_;
};

// The same in one go. `progress`, if given, is called after each step with the part done, in
// [0, 1], and may throw to stop.
RefinedPosterior refine_posterior(LogJoint&, std::span<const std::uint32_t> images,
                                  std::span<const float> mean, std::span<const float> log_variance,
                                  const RefinementSettings&, std::uint64_t seed,
                                  const std::function<void(double fraction)>& progress = {});

}  // namespace elbow::infer
