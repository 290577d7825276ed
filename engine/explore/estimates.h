#pragma once

// The estimators of the paper at one image, draw by draw: the bound, log p(x), and the gradient of
// the bound by the mean and the log variance of q(z|x), with its noise. Pure values; the work
// belongs to one thread.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/dataset.h"
#include "engine/explore/weighted_draws.h"
#include "engine/model/model.h"

namespace elbow::explore {

// Of one way to estimate the gradient of the bound from draws: its mean over all draws, and how
// much a single draw's scatters.
struct GradientNoise {
    std::vector<double> mean;  // [2 N], by the means, then by the log variances; nats a unit
    double variance = 0.0;     // of one draw's, summed over the 2 N values
};

struct Estimates {
    int index = 0;                          // in the held-out set
    std::vector<float> mean, log_variance;  // [N] of q
    std::vector<float> epsilon, z;          // [S, N] z = mean + e^(log_variance / 2) epsilon
    std::vector<double> log_weights;        // [S] log p(x, z) - log q(z|x), nats
    WeightedDraws by_draws;                 // of these; its bound is equation 6 with L = S
    GradientNoise by_path;                  // through z = g(epsilon): sections 2.3 and 2.4
    GradientNoise by_score;                 // (log p(x, z) - log q) d log q: section 2.2
};

inline constexpr std::size_t kEstimateDraws = 1024;  // S

// Works it out piece by piece.
class EstimatesWork {
  public:
    // Of q(z|x) as the encoder says it, or with this mean and log variance [N], where they are not
    // empty; the noise is the same whatever these are. The parameters [layout.size()] and the data
    // set outlive this. Throws UsageError for an image that is not there, and for a model whose
    // q(z|x) is no Gaussian of independent latents.
    EstimatesWork(model::Model&, model::Parameters, const data::Dataset&, int held_out_index,
                  std::span<const float> mean, std::span<const float> log_variance,
                  std::uint64_t seed);
    // Evaluates so many draws more, at least one; true once all are done. Throws Error where the
    // model gives no finite density.
    bool advance(model::Model&, int draws);
    // Of the finished work.
    Estimates take() { return std::move(result_); }

  private:
    void finish();
    void weigh();

    model::Parameters parameters_;
    data::Batch image_;
    std::vector<float> slope_;  // [S, N] d log p(x, z) / dz
    std::size_t done_ = 0;      // draws
    Estimates result_;
};

}  // namespace elbow::explore
