// SGVB B (equation 7): the KL in closed form, the reconstruction term from L draws.

#include <vector>

#include "engine/core/clones.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/posterior_draws.h"

namespace elbow::estimator {
namespace {

// Gradient of the image's bound by its heads: the path through z, d mu = g, d v = 1/2 e^(v/2) g
// epsilon, and that of -KL, -mu and 1/2 (1 - e^v).
ELBOW_CLONES void head_gradient(const float* __restrict heads, const float* __restrict deviation,
                                const float* __restrict epsilon, const float* __restrict z_gradient,
                                float kl_weight, std::int64_t l_count, std::int64_t n,
                                float* __restrict gradient) {
    for (std::int64_t j = 0; j < n; ++j) {
        gradient[j] = -kl_weight * heads[j];
        gradient[n + j] = 0.5f * kl_weight * (1.0f - deviation[j] * deviation[j]);
    }
    for (std::int64_t l = 0; l < l_count; ++l) {
        for (std::int64_t j = 0; j < n; ++j) {
            const float g = z_gradient[l * n + j];
            gradient[j] += g;
            gradient[n + j] += 0.5f * g * epsilon[l * n + j] * deviation[j];
        }
    }
}

class SgvbB final : public Estimator {
  public:
    explicit SgvbB(const EstimatorSetup& setup)
        : d_(setup.architecture.dimensions()),
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
        }
        return sum;
    }

  private:
    // Forward, and backward to every layer's input gradient.
    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows) {
        const Share draws = draws_of(rows, l_);
        write_targets(batch, rows, d_, encoder_);
        encoder_.forward(p, rows);
        draws_.draw(batch, rows, encoder_, decoder_);
        decoder_.forward(p, draws);
        const float weight = 1.0f / static_cast<float>(l_);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            BoundSum& term = terms_[static_cast<std::size_t>(row)];
            for (std::int64_t l = 0; l < l_; ++l) {
                term.reconstruction +=
                    decoder_.likelihood(p, row * l_ + l, encoder_.input(row), weight);
            }
            term.reconstruction /= static_cast<double>(l_);
            term.kl = kl_of(encoder_.heads(row), n_);
        }
        decoder_.backward(p, draws);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            head_gradient(encoder_.heads(row), draws_.deviation(row), draws_.epsilon(row),
                          decoder_.z_gradient(row * l_), static_cast<float>(batch.kl_weight), l_,
                          n_, encoder_.heads_gradient(row));
        }
        encoder_.backward(p, rows);
    }

    std::int64_t d_, n_, l_;  // D, N, L
    Team& team_;
    model::EncoderPass encoder_;
    model::DecoderPass decoder_;
    PosteriorDraws draws_;
    std::vector<BoundSum> terms_;  // [M]
};

}  // namespace

std::unique_ptr<Estimator> make_sgvb_b(const EstimatorSetup& setup) {
    return std::make_unique<SgvbB>(setup);
}

}  // namespace elbow::estimator
