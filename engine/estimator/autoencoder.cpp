// A deterministic autoencoder with the networks of the VAE: z is the encoder's mean, and only
// log p(x|z) is learnt. Nothing asks its codes to fill the latent space, so that what lies between
// them decodes to nothing in particular. The encoder's log variances take no part.

#include <algorithm>

#include "engine/estimator/makers.h"
#include "engine/estimator/minibatch_pass.h"

namespace elbow::estimator {
namespace {

class Autoencoder final : public Estimator {
  public:
    explicit Autoencoder(const EstimatorSetup& setup) : pass_(without_draws(setup)) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        return pass_.run(batch, [&](const Share& rows, int member) {
            work_on_rows(parameters.data(), batch, rows, member);
            pass_.weight_gradients(member, gradients);
        });
    }

  private:
    // There is one code for each image, however many noise samples there are said to be.
    static EstimatorSetup without_draws(EstimatorSetup setup) {
        setup.noise_samples = 1;
        return setup;
    }

    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows, int member) {
        const std::int64_t n = pass_.latents();
        fused::EncoderPass& encoder = pass_.encoder();
        fused::DecoderPass& decoder = pass_.decoder();
        pass_.encode(p, batch, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row)
            std::copy_n(encoder.heads(row), n, decoder.z(row));
        pass_.decode(p, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row)
            pass_.term(row).reconstruction = decoder.likelihood(p, row, encoder.input(row), 1.0f);
        pass_.backward(p, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            float* gradient = encoder.heads_gradient(row);
            std::copy_n(decoder.z_gradient(row), n, gradient);
            std::fill_n(gradient + n, n, 0.0f);
        }
        encoder.backward(p, rows);
    }

    MinibatchPass pass_;
};

}  // namespace

std::unique_ptr<Estimator> make_autoencoder(const EstimatorSetup& setup) {
    return std::make_unique<Autoencoder>(setup);
}

}  // namespace elbow::estimator
