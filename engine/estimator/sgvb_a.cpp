// SGVB A (equation 6), the mean over L draws of log w = log p(x|z) + log p(z) - log q(z|x); and the
// importance-weighted bound log mean w with k = L draws (Burda et al. 2015), whose gradient is the
// same with each draw weighted by its share of the w.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/core/clones.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/posterior_draws.h"

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

// log q(z|x) - log p(z) of one draw, nats.
double log_ratio(const float* z, const float* epsilon, const float* log_variance, std::int64_t n) {
    double sum = 0.0;
    for (std::int64_t j = 0; j < n; ++j) {
        const double e = epsilon[j];
        sum += 0.5 * (double{z[j]} * z[j] - log_variance[j] - e * e);
    }
    return sum;
}

// log mean e^values
double log_mean_exp(const std::vector<double>& values) {
    const double most = *std::max_element(values.begin(), values.end());
    double sum = 0.0;
    for (const double value : values) sum += std::exp(value - most);
    return most + std::log(sum / static_cast<double>(values.size()));
}

class SgvbA final : public Estimator {
  public:
    SgvbA(const EstimatorSetup& setup, bool importance_weighted)
        : importance_weighted_(importance_weighted),
          d_(setup.architecture.dimensions()),
          n_(setup.architecture.latents),
          l_(setup.noise_samples),
          team_(*setup.team),
          encoder_(setup.architecture),
          decoder_(setup.architecture),
          draws_(setup.architecture.latents, setup.noise_samples) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        const auto rows = static_cast<std::int64_t>(batch.indices.size());
        encoder_.reserve(rows);
        decoder_.reserve(rows * l_);
        draws_.reserve(rows);
        weights_.resize(static_cast<std::size_t>(rows * l_));
        terms_.assign(batch.indices.size(), {});
        team_.run([&](int member) {
            work_on_rows(parameters.data(), batch, share_of(rows, member, team_.size()));
            team_.barrier();
            decoder_.collect(rows * l_, member, team_.size(), gradients.data());
            encoder_.collect(rows, member, team_.size(), gradients.data());
        });
        BoundSum sum;
        for (const BoundSum& term : terms_) {
            sum.reconstruction += term.reconstruction;
            sum.kl += term.kl;
            sum.gain += term.gain;
        }
        return sum;
    }

  private:
    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows) {
        const Share draws = draws_of(rows, l_);
        write_targets(batch, rows, d_, encoder_);
        encoder_.forward(p, rows);
        draws_.draw(batch, rows, encoder_, decoder_);
        decoder_.forward(p, draws);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) weigh(p, batch, row);
        decoder_.backward(p, draws);
        const auto kl_weight = static_cast<float>(batch.kl_weight);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            float* gradient = encoder_.heads_gradient(row);
            std::fill_n(gradient, 2 * n_, 0.0f);
            for (std::int64_t l = 0; l < l_; ++l) {
                add_head_gradient(decoder_.z(row * l_ + l), draws_.deviation(row),
                                  draws_.epsilon(row) + l * n_, decoder_.z_gradient(row * l_ + l),
                                  weights_[static_cast<std::size_t>(row * l_ + l)], kl_weight, n_,
                                  gradient);
            }
        }
        encoder_.backward(p, rows);
    }

    // The image's terms, and each of its draws' weight, which its outputs' gradient takes on.
    void weigh(const float* p, const Minibatch& batch, std::int64_t row) {
        const auto draws = static_cast<double>(l_);
        const float plain = 1.0f / static_cast<float>(l_);
        std::vector<double> log_w(static_cast<std::size_t>(l_));      // of the bound
        std::vector<double> objective(static_cast<std::size_t>(l_));  // with the weighted KL
        BoundSum& term = terms_[static_cast<std::size_t>(row)];
        for (std::int64_t l = 0; l < l_; ++l) {
            const auto i = static_cast<std::size_t>(l);
            const std::int64_t draw = row * l_ + l;
            const double log_p = decoder_.likelihood(p, draw, encoder_.input(row),
                                                     importance_weighted_ ? 1.0f : plain);
            const double ratio = log_ratio(decoder_.z(draw), draws_.epsilon(row) + l * n_,
                                           encoder_.heads(row) + n_, n_);
            log_w[i] = log_p - ratio;
            objective[i] = log_p - batch.kl_weight * ratio;
            term.reconstruction += log_p / draws;
            term.kl += ratio / draws;
        }
        if (importance_weighted_) {
            term.gain = log_mean_exp(log_w) - (term.reconstruction - term.kl);
        }
        const double whole = log_mean_exp(objective) + std::log(draws);
        for (std::int64_t l = 0; l < l_; ++l) {
            float& weight = weights_[static_cast<std::size_t>(row * l_ + l)];
            weight = plain;
            if (!importance_weighted_) continue;
            weight = static_cast<float>(std::exp(objective[static_cast<std::size_t>(l)] - whole));
            decoder_.scale_gradient(row * l_ + l, weight);
        }
    }

    bool importance_weighted_;
    std::int64_t d_, n_, l_;  // D, N, L
    Team& team_;
    model::EncoderPass encoder_;
    model::DecoderPass decoder_;
    PosteriorDraws draws_;
    std::vector<float> weights_;   // [M, L], an image's sum to 1
    std::vector<BoundSum> terms_;  // [M]
};

}  // namespace

std::unique_ptr<Estimator> make_sgvb_a(const EstimatorSetup& setup) {
    return std::make_unique<SgvbA>(setup, false);
}

std::unique_ptr<Estimator> make_iwae(const EstimatorSetup& setup) {
    return std::make_unique<SgvbA>(setup, true);
}

}  // namespace elbow::estimator
