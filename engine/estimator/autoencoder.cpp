// A deterministic autoencoder with the networks of the VAE: z is the encoder's mean, and only
// log p(x|z) is learnt. Nothing asks its codes to fill the latent space, so that what lies between
// them decodes to nothing in particular. The encoder's log variances take no part.

#include <algorithm>
#include <vector>

#include "engine/estimator/makers.h"
#include "engine/estimator/posterior_draws.h"

namespace elbow::estimator {
namespace {

class Autoencoder final : public Estimator {
  public:
    explicit Autoencoder(const EstimatorSetup& setup)
        : d_(setup.architecture.dimensions()),
          n_(setup.architecture.latents),
          team_(*setup.team),
          encoder_(setup.architecture),
          decoder_(setup.architecture) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        const auto rows = static_cast<std::int64_t>(batch.indices.size());
        encoder_.reserve(rows);
        decoder_.reserve(rows);
        reconstruction_.assign(batch.indices.size(), 0.0);
        team_.run([&](int member) {
            work_on_rows(parameters.data(), batch, share_of(rows, member, team_.size()));
            team_.barrier();
            decoder_.collect(rows, member, team_.size(), gradients.data());
            encoder_.collect(rows, member, team_.size(), gradients.data());
        });
        BoundSum sum;
        for (const double term : reconstruction_) sum.reconstruction += term;
        return sum;
    }

  private:
    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows) {
        write_targets(batch, rows, d_, encoder_);
        encoder_.forward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row)
            std::copy_n(encoder_.heads(row), n_, decoder_.z(row));
        decoder_.forward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            reconstruction_[static_cast<std::size_t>(row)] =
                decoder_.likelihood(p, row, encoder_.input(row), 1.0f);
        }
        decoder_.backward(p, rows);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            float* gradient = encoder_.heads_gradient(row);
            std::copy_n(decoder_.z_gradient(row), n_, gradient);
            std::fill_n(gradient + n_, n_, 0.0f);
        }
        encoder_.backward(p, rows);
    }

    std::int64_t d_, n_;  // D, N
    Team& team_;
    model::EncoderPass encoder_;
    model::DecoderPass decoder_;
    std::vector<double> reconstruction_;  // [M] nats
};

}  // namespace

std::unique_ptr<Estimator> make_autoencoder(const EstimatorSetup& setup) {
    return std::make_unique<Autoencoder>(setup);
}

}  // namespace elbow::estimator
