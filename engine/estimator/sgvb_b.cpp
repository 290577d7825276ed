#include "engine/estimator/sgvb_b.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"
#include "engine/model/kernels.h"
#include "engine/model/matrix.h"

namespace elbow::estimator {
namespace {

using model::Activation;

// One image's posterior: z [L, N] = mu + e^(v/2) epsilon, from heads [2N] = (mu, v) and epsilon [L,
// N].
ELBOW_CLONES void reparameterise(const float* __restrict heads, const float* __restrict epsilon,
                                 std::int64_t l_count, std::int64_t n, float* __restrict deviation,
                                 float* __restrict z) {
    for (std::int64_t j = 0; j < n; ++j) deviation[j] = fast::exp(0.5f * heads[n + j]);
    for (std::int64_t l = 0; l < l_count; ++l) {
        for (std::int64_t j = 0; j < n; ++j)
            z[l * n + j] = heads[j] + deviation[j] * epsilon[l * n + j];
    }
}

// Gradient of the image's bound by its heads: the path through z, d mu = g, d v = 1/2 e^(v/2) g
// epsilon, and that of -KL, -mu and 1/2 (1 - e^v).
ELBOW_CLONES void head_gradient(const float* __restrict heads, const float* __restrict deviation,
                                const float* __restrict epsilon, const float* __restrict z_gradient,
                                std::int64_t l_count, std::int64_t n, float* __restrict gradient) {
    for (std::int64_t j = 0; j < n; ++j) {
        gradient[j] = -heads[j];
        gradient[n + j] = 0.5f * (1.0f - deviation[j] * deviation[j]);
    }
    for (std::int64_t l = 0; l < l_count; ++l) {
        for (std::int64_t j = 0; j < n; ++j) {
            const float g = z_gradient[l * n + j];
            gradient[j] += g;
            gradient[n + j] += 0.5f * g * epsilon[l * n + j] * deviation[j];
        }
    }
}

double kl_of(const float* heads, std::int64_t n) {
    double kl = 0.0;
    for (std::int64_t j = 0; j < n; ++j) {
        const double mu = heads[j];
        const double v = heads[n + j];
        // Where e^v leaves single precision the gradient is lost, so the bound has to say so.
        if (!(v < 85.0)) return std::numeric_limits<double>::infinity();
        kl -= 0.5 * (1.0 + v - mu * mu - std::exp(v));
    }
    return kl;
}

class SgvbB final : public Estimator {
  public:
    explicit SgvbB(const EstimatorSetup& setup)
        : layout_(setup.architecture),
          activation_(setup.architecture.activation),
          d_(setup.architecture.dimensions()),
          h_(setup.architecture.hidden),
          n_(setup.architecture.latents),
          l_(setup.noise_samples),
          team_(*setup.team) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        const auto rows = static_cast<std::int64_t>(batch.indices.size());
        reserve(rows);
        team_.run([&](int member) {
            const Share share = share_of(rows, member, team_.size());
            if (share.size() > 0) work_on_rows(parameters.data(), batch, share);
            team_.barrier();
            collect_weights(rows, member, gradients.data());
        });
        BoundSum sum;
        for (std::int64_t row = 0; row < rows; ++row) {
            sum.reconstruction += reconstruction_[static_cast<std::size_t>(row)];
            sum.kl += kl_[static_cast<std::size_t>(row)];
        }
        return sum;
    }

  private:
    void reserve(std::int64_t rows) {
        if (rows <= reserved_) return;
        const auto size = [](std::int64_t count) { return static_cast<std::size_t>(count); };
        x_.resize(size(rows * d_));
        encoder_hidden_.resize(size(rows * h_));
        encoder_hidden_gradient_.resize(size(rows * h_));
        heads_.resize(size(rows * 2 * n_));
        heads_gradient_.resize(size(rows * 2 * n_));
        deviation_.resize(size(rows * n_));
        epsilon_.resize(size(rows * l_ * n_));
        z_.resize(size(rows * l_ * n_));
        z_gradient_.resize(size(rows * l_ * n_));
        decoder_hidden_.resize(size(rows * l_ * h_));
        decoder_hidden_gradient_.resize(size(rows * l_ * h_));
        logits_.resize(size(rows * l_ * d_));
        reconstruction_.resize(size(rows));
        kl_.resize(size(rows));
        reserved_ = rows;  // last: where the memory did not suffice, the buffers stay as they are
                           // said to be
    }

    // Forward, and backward to every layer's input gradient, for the images of the share.
    void work_on_rows(const float* p, const Minibatch& batch, const Share& share) {
        encode(p, batch, share);
        decode_and_back(p, share);
        back_through_encoder(p, share);
    }

    void encode(const float* p, const Minibatch& batch, const Share& share) {
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            const std::int64_t index = batch.indices[static_cast<std::size_t>(row)];
            model::to_float(batch.pixels + index * d_, batch.scale, d_, x_.data() + row * d_);
        }
        float* hidden = encoder_hidden_.data() + share.begin * h_;
        float* heads = heads_.data() + share.begin * 2 * n_;
        model::multiply_nt(share.size(), h_, d_, x_.data() + share.begin * d_, d_,
                           p + layout_.encoder_hidden_weight, d_, hidden, h_);
        model::add_bias_and_activate(activation_, p + layout_.encoder_hidden_bias, share.size(), h_,
                                     hidden);
        model::multiply_nt(share.size(), 2 * n_, h_, hidden, h_, p + layout_.encoder_heads_weight,
                           h_, heads, 2 * n_);
        model::add_bias(p + layout_.encoder_heads_bias, share.size(), 2 * n_, heads);

        const std::int64_t first = share.begin * l_ * n_;
        batch.noise->normals(
            batch.noise_position + static_cast<std::uint64_t>(first),
            {epsilon_.data() + first, static_cast<std::size_t>(share.size() * l_ * n_)});
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            reparameterise(heads_.data() + row * 2 * n_, epsilon_.data() + row * l_ * n_, l_, n_,
                           deviation_.data() + row * n_, z_.data() + row * l_ * n_);
            kl_[static_cast<std::size_t>(row)] = kl_of(heads_.data() + row * 2 * n_, n_);
        }
    }

    void decode_and_back(const float* p, const Share& share) {
        const std::int64_t first = share.begin * l_;
        const std::int64_t count = share.size() * l_;
        const float* z = z_.data() + first * n_;
        float* hidden = decoder_hidden_.data() + first * h_;
        float* hidden_gradient = decoder_hidden_gradient_.data() + first * h_;
        float* logits = logits_.data() + first * d_;
        model::multiply_nt(count, h_, n_, z, n_, p + layout_.decoder_hidden_weight, n_, hidden, h_);
        model::add_bias_and_activate(activation_, p + layout_.decoder_hidden_bias, count, h_,
                                     hidden);
        model::multiply_nt(count, d_, h_, hidden, h_, p + layout_.decoder_logits_weight, h_, logits,
                           d_);
        const float weight = 1.0f / static_cast<float>(l_);
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            double sum = 0.0;
            for (std::int64_t l = 0; l < l_; ++l) {
                sum += model::bernoulli_row_with_gradient(x_.data() + row * d_,
                                                          p + layout_.decoder_logits_bias, weight,
                                                          d_, logits_.data() + (row * l_ + l) * d_);
            }
            reconstruction_[static_cast<std::size_t>(row)] = sum / static_cast<double>(l_);
        }
        model::multiply_nn(count, h_, d_, logits, d_, p + layout_.decoder_logits_weight, h_,
                           hidden_gradient, h_);
        model::multiply_by_slope(activation_, hidden, count * h_, hidden_gradient);
        model::multiply_nn(count, n_, h_, hidden_gradient, h_, p + layout_.decoder_hidden_weight,
                           n_, z_gradient_.data() + first * n_, n_);
    }

    void back_through_encoder(const float* p, const Share& share) {
        for (std::int64_t row = share.begin; row < share.end; ++row) {
            head_gradient(heads_.data() + row * 2 * n_, deviation_.data() + row * n_,
                          epsilon_.data() + row * l_ * n_, z_gradient_.data() + row * l_ * n_, l_,
                          n_, heads_gradient_.data() + row * 2 * n_);
        }
        float* hidden_gradient = encoder_hidden_gradient_.data() + share.begin * h_;
        model::multiply_nn(share.size(), h_, 2 * n_, heads_gradient_.data() + share.begin * 2 * n_,
                           2 * n_, p + layout_.encoder_heads_weight, h_, hidden_gradient, h_);
        model::multiply_by_slope(activation_, encoder_hidden_.data() + share.begin * h_,
                                 share.size() * h_, hidden_gradient);
    }

    // Weight gradients over all images, for this member's share of the units.
    void collect_weights(std::int64_t rows, int member, float* g) {
        const Share units = share_of(h_, member, team_.size(), 16);
        const Share pixels = share_of(d_, member, team_.size(), 16);
        const std::int64_t draws = rows * l_;
        if (pixels.size() > 0) {
            model::multiply_tn(pixels.size(), h_, draws, logits_.data() + pixels.begin, d_,
                               decoder_hidden_.data(), h_,
                               g + layout_.decoder_logits_weight + pixels.begin * h_, h_);
            model::column_sums(logits_.data() + pixels.begin, draws, pixels.size(), d_,
                               g + layout_.decoder_logits_bias + pixels.begin);
        }
        if (units.size() > 0) {
            model::multiply_tn(units.size(), d_, rows,
                               encoder_hidden_gradient_.data() + units.begin, h_, x_.data(), d_,
                               g + layout_.encoder_hidden_weight + units.begin * d_, d_);
            model::column_sums(encoder_hidden_gradient_.data() + units.begin, rows, units.size(),
                               h_, g + layout_.encoder_hidden_bias + units.begin);
            model::multiply_tn(units.size(), n_, draws,
                               decoder_hidden_gradient_.data() + units.begin, h_, z_.data(), n_,
                               g + layout_.decoder_hidden_weight + units.begin * n_, n_);
            model::column_sums(decoder_hidden_gradient_.data() + units.begin, draws, units.size(),
                               h_, g + layout_.decoder_hidden_bias + units.begin);
            model::multiply_tn(2 * n_, units.size(), rows, heads_gradient_.data(), 2 * n_,
                               encoder_hidden_.data() + units.begin, h_,
                               g + layout_.encoder_heads_weight + units.begin, h_);
        }
        if (member == 0) {
            model::column_sums(heads_gradient_.data(), rows, 2 * n_, 2 * n_,
                               g + layout_.encoder_heads_bias);
        }
    }

    model::ParameterLayout layout_;
    Activation activation_;
    std::int64_t d_, h_, n_, l_;  // D, H, N, L
    Team& team_;
    std::int64_t reserved_ = 0;  // images that the buffers hold, B below

    std::vector<float> x_;                        // [B, D] in [0, 1]
    std::vector<float> encoder_hidden_;           // [B, H] activated
    std::vector<float> encoder_hidden_gradient_;  // [B, H] before the activation
    std::vector<float> heads_;                    // [B, 2N] mu, v
    std::vector<float> heads_gradient_;           // [B, 2N]
    std::vector<float> deviation_;                // [B, N] e^(v/2)
    std::vector<float> epsilon_;                  // [B, L, N]
    std::vector<float> z_;                        // [B, L, N]
    std::vector<float> z_gradient_;               // [B, L, N]
    std::vector<float> decoder_hidden_;           // [B, L, H] activated
    std::vector<float> decoder_hidden_gradient_;  // [B, L, H] before the activation
    std::vector<float> logits_;           // [B, L, D]; their gradient after the forward pass
    std::vector<double> reconstruction_;  // [B] nats
    std::vector<double> kl_;              // [B] nats
};

}  // namespace

std::unique_ptr<Estimator> make_sgvb_b(const EstimatorSetup& setup) {
    return std::make_unique<SgvbB>(setup);
}

}  // namespace elbow::estimator
