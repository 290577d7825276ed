// Full variational Bayes (appendix F): the decoder's weights theta have a posterior of their own,
// q(theta) = N(mu, e^s), from which they are drawn once a minibatch, theta = mu + e^(s/2) zeta. The
// model's parameters are mu, so that all that is shown and evaluated is the network of the mean
// weights; s is this estimator's, and climbs by itself. The objective of M of the N images is
// SGVB B's at theta less M/N of KL(q(theta) || N(0, I)), which contains the prior on the weights.

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "engine/core/clones.h"
#include "engine/core/error.h"
#include "engine/core/fast_math.h"
#include "engine/estimator/makers.h"
#include "engine/model/layout.h"
#include "engine/optim/adam_step.h"

namespace elbow::estimator {
namespace {

// Deviations of 0.011: a tenth of a fresh weight of usual size, so that a run begins as it would
// without them, yet wide enough to be felt and for s to find its place within thousands of steps.
constexpr float kFirstLogVariance = -9.0F;

// Adam's, on the mean gradient over the minibatch.
constexpr double kFullVbStepSize = 5e-3;

struct SpreadStep {
    float kl_weight;  // M / N
    float per_image;  // 1 / M
    optim::AdamRates rates;
};

// All [count]; `drawn` holds zeta and becomes theta.
ELBOW_CLONES void draw_weights(const float* __restrict mean, const float* __restrict log_variance,
                               std::int64_t count, float* __restrict drawn) {
    for (std::int64_t i = 0; i < count; ++i)
        drawn[i] = mean[i] + fast::exp(0.5F * log_variance[i]) * drawn[i];
}

// Moves s, and turns the gradient by theta into that by mu; all [count]. d theta / d s is
// 1/2 e^(s/2) zeta = 1/2 (theta - mu); the KL's slopes are mu and 1/2 (e^s - 1).
ELBOW_CLONES void learn(const float* __restrict mean, const float* __restrict drawn,
                        std::int64_t count, const SpreadStep step, float* __restrict gradient,
                        float* __restrict log_variance, float* __restrict first,
                        float* __restrict second) {
    for (std::int64_t i = 0; i < count; ++i) {
        const float variance = fast::exp(log_variance[i]);
        const float slope = 0.5F * step.per_image *
                            (gradient[i] * (drawn[i] - mean[i]) - step.kl_weight * (variance - 1));
        log_variance[i] += optim::adam_move(slope, step.rates, first[i], second[i]);
        gradient[i] -= step.kl_weight * mean[i];
    }
}

// KL(N(mean, e^log_variance) || N(0, I)), nats; several sums side by side, for wide registers.
ELBOW_CLONES double kl_of_weights(const float* mean, const float* log_variance,
                                  std::int64_t count) {
    constexpr std::int64_t kLanes = 16;
    double sums[kLanes] = {};
    for (std::int64_t from = 0; from < count; from += kLanes) {
        const std::int64_t lanes = std::min(kLanes, count - from);
        for (std::int64_t lane = 0; lane < lanes; ++lane) {
            const float m = mean[from + lane];
            const float s = log_variance[from + lane];
            sums[lane] += 0.5F * (m * m + fast::exp(s) - 1.0F - s);
        }
    }
    return std::accumulate(sums, sums + kLanes, 0.0);
}

class FullVb final : public Estimator {
  public:
    explicit FullVb(const EstimatorSetup& setup)
        : layout_(setup.spec),
          begin_(layout_.decoder_begin()),
          train_count_(setup.train_count),
          team_(*setup.team),
          at_weights_(make_estimator("sgvb_b", setup.by_torch ? "autograd" : "fused", setup)),
          noise_(setup.seed, "full_vb/weights"),
          log_variance_(static_cast<std::size_t>(layout_.size() - begin_), kFirstLogVariance),
          first_(log_variance_.size(), 0.0F),
          second_(log_variance_.size(), 0.0F),
          steps_(1, 0.0F),
          share_kl_(static_cast<std::size_t>(team_.most()), 0.0) {
        if (train_count_ < 1) {
            throw Error(
                "Full VB spreads the KL of the weights over the training images: expected "
                "1 or more, found " +
                std::to_string(train_count_) + ". Give the setup their number.");
        }
    }

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        drawn_.assign(parameters.begin(), parameters.end());
        team_.run([&](int member) {
            const auto at = static_cast<std::uint64_t>(layout_.size() - begin_) * batch.seen;
            for_each_block(member, [&](std::int64_t offset, std::int64_t count) {
                const std::int64_t own = offset - begin_;
                const auto length = static_cast<std::size_t>(count);
                noise_.normals(at + static_cast<std::uint64_t>(own),
                               std::span(drawn_).subspan(static_cast<std::size_t>(offset), length));
                draw_weights(parameters.data() + offset, log_variance_.data() + own, count,
                             drawn_.data() + offset);
            });
        });
        const BoundSum sum = at_weights_->gradient(drawn_, batch, gradients);
        const SpreadStep step = next_step(batch.indices.size());
        std::fill(share_kl_.begin(), share_kl_.end(), 0.0);
        team_.run([&](int member) {
            double& kl = share_kl_[static_cast<std::size_t>(member)] = 0.0;
            for_each_block(member, [&](std::int64_t offset, std::int64_t count) {
                const std::int64_t own = offset - begin_;
                const float* mean = parameters.data() + offset;
                kl += kl_of_weights(mean, log_variance_.data() + own, count);
                learn(mean, drawn_.data() + offset, count, step, gradients.data() + offset,
                      log_variance_.data() + own, first_.data() + own, second_.data() + own);
            });
        });
        return sum;
    }

    std::vector<EstimatorState> state() override {
        return {{"full_vb.log_variance", &log_variance_},
                {"full_vb.first_moment", &first_},
                {"full_vb.second_moment", &second_},
                {"full_vb.steps", &steps_}};
    }

    std::vector<Reading> readings() const override {
        const double kl = std::accumulate(share_kl_.begin(), share_kl_.end(), 0.0);
        return {
            {"KL of the weights", "nats",
             "KL of q(theta), the posterior of the decoder's weights, from the prior N(0, I).", kl},
            {"KL of the weights per image", "nats per image",
             "The same divided by the number of training images. Subtract it from an image's bound "
             "to get the whole bound.",
             kl / train_count_}};
    }

  private:
    // Calls use(offset in the parameters, count) for the member's share of the decoder's blocks,
    // without the gaps between them.
    template <class Use>
    void for_each_block(int member, const Use& use) const {
        const Share share = share_of(layout_.size() - begin_, member, team_.size(), 16);
        for (const model::ParameterView& view : layout_.views()) {
            const std::int64_t from = std::max(view.offset, begin_ + share.begin);
            const std::int64_t to = std::min(view.offset + view.size(), begin_ + share.end);
            if (from < to) use(from, to - from);
        }
    }

    SpreadStep next_step(std::size_t minibatch) {
        steps_[0] += 1.0F;
        const auto images = static_cast<double>(minibatch);
        return {static_cast<float>(images / train_count_), static_cast<float>(1.0 / images),
                optim::adam_rates(kFullVbStepSize, double{steps_[0]})};
    }

    model::ParameterLayout layout_;
    std::int64_t begin_;  // of the decoder's parameters
    int train_count_;     // N
    Team& team_;
    std::unique_ptr<Estimator> at_weights_;  // SGVB B at given weights
    Stream noise_;                           // zeta
    std::vector<float> log_variance_;        // [decoder parameters] s
    std::vector<float> first_, second_;      // [decoder parameters] Adam's moments
    std::vector<float> steps_;               // [1] steps made; at 2^24 it stays, and is enough
    std::vector<float> drawn_;               // [layout.size()] the parameters with theta in them
    std::vector<double> share_kl_;           // [team] nats, of the last minibatch's q(theta)
};

}  // namespace

std::unique_ptr<Estimator> make_full_vb(const EstimatorSetup& setup) {
    return std::make_unique<FullVb>(setup);
}

}  // namespace elbow::estimator
