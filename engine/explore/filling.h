#pragma once

// The part of an image that is not known, filled in from the part that is: by one pass through the
// model, by pass after pass, or by draws from p(z | what is known), whose decoded means are what
// the model expects there. Owned and used by one thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/team.h"
#include "engine/data/dataset.h"
#include "engine/infer/hmc.h"
#include "engine/infer/model_joint.h"
#include "engine/model/model.h"

namespace elbow::explore {

enum class FillingMethod {
    kOnePass,  // encoded with the data's ground where it is not known, and decoded
    kPasses,   // again and again, with what is known held
    kChains,   // Hamiltonian Monte Carlo in z, on log p(known values | z) + log p(z)
};

struct FilledImage {
    std::vector<float> means;         // [D] in [0, 1]: known values as they are, then the means
    std::vector<std::uint8_t> image;  // [D] the same as grey values
    std::vector<std::uint8_t>
        newest;            // [D] of the newest pass, or of the first chain's newest draw
    std::vector<float> z;  // [K, N] where the chains stand, or the code of the newest pass
    int passes = 0;
    int change = 0;           // that the newest pass made to a value, the most, grey values
    int draws = 0;            // of all chains, after their warming up
    bool warms_up = false;    // the step size is still being tuned: nothing counts yet
    double acceptance = 0.0;  // part of the proposals that were accepted, warming up or since
    bool done = false;        // nothing more will come
};

// Beyond these it does not go on.
inline constexpr int kMostPasses = 200, kMostDraws = 100'000;

class Filling {
  public:
    // Of the first held-out image, which has its label where the set has labels; `ground`: [C],
    // where passes begin. unknown: [H * W], not 0 where a pixel is to be filled in. The parameters
    // [layout.size()] and the data set outlive this. Throws UsageError where the sizes do not fit.
    Filling(model::Model&, model::Parameters, const data::Dataset&,
            std::span<const std::uint8_t> unknown, std::span<const std::uint8_t> ground,
            FillingMethod, std::uint64_t seed);
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;

    // A pass, an iteration of the chains, or a part of the search for where they begin. Throws
    // Error where the model gives no finite density.
    void advance(model::Model&);
    const FilledImage& result() const { return result_; }

  private:
    void pass(model::Model&);
    void look_for_starts(model::Model&);
    void begin_chains();
    void step_chains(model::Model&);
    void count_draws(model::Model&);
    std::vector<std::uint8_t> labels(std::size_t rows) const;
    // Means of the values that are not known, [D], into the result.
    void fill(std::span<const float> means);

    model::Parameters parameters_;
    const data::Dataset& dataset_;
    FillingMethod method_;
    Stream noise_;
    std::vector<std::uint8_t> known_;   // [D]
    std::vector<std::uint8_t> pixels_;  // [D] as the encoder sees them
    FilledImage result_;

    Team team_{1};
    std::optional<infer::ModelJoint> joint_;  // of chains
    infer::Hmc hmc_;
    infer::StepSizeTuner tuner_;
    std::size_t chains_ = 0;
    int looked_at_ = 0;         // draws from the prior
    std::vector<float> start_;  // [K, N] the best so far
    std::vector<double> best_;  // [K]
    std::vector<double> sum_;   // [D] of the means of all draws
    int iterations_ = 0;
    double log_steps_ = 0.0;  // sum of the last steps of the warming up
    double accepted_ = 0.0;   // sum of the rates since they began to count
};

}  // namespace elbow::explore
