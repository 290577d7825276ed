#pragma once

// log p(x) by the estimator of the paper's appendix D: samples of p(z|x) by HMC, a density fitted
// to one half of them and evaluated on the other. Needs no encoder; trustworthy for a few latents
// only.

#include <cstdint>
#include <functional>
#include <span>

#include "engine/eval/image_mean.h"
#include "engine/infer/log_joint.h"

namespace elbow::eval {

// The fitted density is a poor likeness of the posterior in more latents than this.
inline constexpr int kMostMarginalLatents = 5;

struct MarginalSettings {
    int burn_in = 200;  // iterations in which the step size is tuned, and nothing kept
    int samples = 50;   // of each image's posterior; an even number, half of them for the fit
    int iterations_per_sample = 1;
    int leapfrog_steps = 4;
    double step_size = 0.1;          // the first; common to all images
    double target_acceptance = 0.9;  // as in the paper
};

struct MarginalLikelihood {
    // In nats. An image whose chain hardly moved has no value: say so where images < count.
    ImageMean log_marginal;
    double acceptance = 0.0;  // after burn-in
    double step_size = 0.0;   // after burn-in
};

// For each of `images`, from a chain that starts at its row of start [count, N] (an encoder's mean,
// or zeros). All chains advance together. `progress`, if given, is called after each iteration with
// the part done, in [0, 1], and may throw to stop. Throws UsageError above kMostMarginalLatents and
// for settings out of range.
MarginalLikelihood marginal_likelihood(infer::LogJoint&, std::span<const std::uint32_t> images,
                                       std::span<const float> start, const MarginalSettings&,
                                       std::uint64_t seed,
                                       const std::function<void(double fraction)>& progress = {});

}  // namespace elbow::eval
