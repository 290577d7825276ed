// SGVB A (equation 6), the mean over L draws of log w = log p(x|z) + log p(z) - log q(z|x); and the
// importance-weighted bound log mean w with k = L draws (Burda et al. 2015), whose gradient is the
// same with each draw weighted by its share of the w.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/clones.h"
#include "engine/core/log_sum_exp.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/minibatch_pass.h"
#include "engine/model/gaussian.h"

namespace elbow::estimator {
namespace {

// Gradient of one draw's weighted log w by the image's heads, added. The draw's z_gradient carries
// its weight already. Through z the density q(z|x) changes by nothing but its v.
ELBOW_CLONES void add_head_gradient(const float* __restrict z, const float* __restrict deviation,
                                    const float* __restrict epsilon,
                                    const float* __restrict z_gradient, float weight,
                                    float kl_weight, std::int64_t n, float* __restrict gradient) {
    for (std::int64_t j = 0; j < n; ++j) {
        const float g = z_gradient[j] - kl_weight * weight * z[j];
        gradient[j] += g;
        gradient[n + j] += 0.5f * (g * epsilon[j] * deviation[j] + kl_weight * weight);
    }
}

class SgvbA final : public Estimator {
  public:
    SgvbA(const EstimatorSetup& setup, bool importance_weighted)
        : importance_weighted_(importance_weighted),
          n_(setup.spec.latents),
          l_(setup.noise_samples),
          pass_(setup),
          encoder_(pass_.encoder()),
          decoder_(pass_.decoder()) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        weights_.resize(batch.indices.size() * static_cast<std::size_t>(l_));
        return pass_.run(batch, [&](const Share& rows, int member) {
            work_on_rows(parameters.data(), batch, rows, member);
            pass_.weight_gradients(member, gradients);
        });
    }

  private:
    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows, int member) {
        pass_.encode_and_decode(p, batch, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) weigh(p, batch, row);
        pass_.backward(p, rows, member);
        const auto kl_weight = static_cast<float>(batch.kl_weight);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            float* gradient = encoder_.heads_gradient(row);
            std::fill_n(gradient, 2 * n_, 0.0f);
            for (std::int64_t l = 0; l < l_; ++l) {
                add_head_gradient(
                    decoder_.z(row * l_ + l), pass_.draws().deviation(row),
                    pass_.draws().epsilon(row) + l * n_, decoder_.z_gradient(row * l_ + l),
                    weights_[static_cast<std::size_t>(row * l_ + l)], kl_weight, n_, gradient);
            }
        }
        encoder_.backward(p, rows);
    }

    // The image's terms, and each of its draws' weight, which its outputs' gradient takes on.
    void weigh(const float* p, const Minibatch& batch, std::int64_t row) {
        const auto draws = static_cast<double>(l_);
        const float plain = 1.0f / static_cast<float>(l_);
        std::vector<double> objective(static_cast<std::size_t>(l_));  // log w with the weighted KL
        LogSumExp objectives, bounds;                                 // and with the KL as it is
        BoundSum& term = pass_.term(row);
        for (std::int64_t l = 0; l < l_; ++l) {
            const auto i = static_cast<std::size_t>(l);
            const std::int64_t draw = row * l_ + l;
            const double log_p = decoder_.likelihood(p, draw, encoder_.input(row),
                                                     importance_weighted_ ? 1.0f : plain);
            const auto latents = static_cast<std::size_t>(n_);
            const double ratio = model::log_ratio({encoder_.heads(row) + n_, latents},
                                                  {pass_.draws().epsilon(row) + l * n_, latents},
                                                  {decoder_.z(draw), latents});
            objective[i] = log_p - batch.kl_weight * ratio;
            objectives.add(objective[i]);
            bounds.add(log_p - ratio);
            term.reconstruction += log_p / draws;
            term.kl += ratio / draws;
        }
        if (importance_weighted_) {
            term.gain = bounds.value() - std::log(draws) - (term.reconstruction - term.kl);
        }
        for (std::int64_t l = 0; l < l_; ++l) {
            float& weight = weights_[static_cast<std::size_t>(row * l_ + l)];
            weight = plain;
            if (!importance_weighted_) continue;
            weight = static_cast<float>(
                std::exp(objective[static_cast<std::size_t>(l)] - objectives.value()));
            decoder_.scale_gradient(row * l_ + l, weight);
        }
    }

    bool importance_weighted_;
    std::int64_t n_, l_;  // N, L
    MinibatchPass pass_;
    fused::EncoderPass& encoder_;  // of pass_
    fused::DecoderPass& decoder_;
    std::vector<float> weights_;  // [M, L], an image's sum to 1
};

}  // namespace

std::unique_ptr<Estimator> make_sgvb_a(const EstimatorSetup& setup) {
    return std::make_unique<SgvbA>(setup, false);
}

std::unique_ptr<Estimator> make_iwae(const EstimatorSetup& setup) {
    return std::make_unique<SgvbA>(setup, true);
}

}  // namespace elbow::estimator
