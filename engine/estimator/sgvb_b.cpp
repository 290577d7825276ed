// SGVB B (equation 7): the KL in closed form, the reconstruction term from L draws.

#include "engine/core/clones.h"
#include "engine/estimator/makers.h"
#include "engine/estimator/minibatch_pass.h"

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
    explicit SgvbB(const EstimatorSetup& setup) : pass_(setup) {}

    BoundSum gradient(std::span<const float> parameters, const Minibatch& batch,
                      std::span<float> gradients) override {
        return pass_.run(batch, [&](const Share& rows, int member) {
            work_on_rows(parameters.data(), batch, rows, member);
            pass_.weight_gradients(member, gradients);
        });
    }

  private:
    // Forward, and backward to every layer's input gradient.
    void work_on_rows(const float* p, const Minibatch& batch, const Share& rows, int member) {
        const std::int64_t l = pass_.noise_samples();
        fused::EncoderPass& encoder = pass_.encoder();
        fused::DecoderPass& decoder = pass_.decoder();
        pass_.encode_and_decode(p, batch, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) pass_.reconstruct(p, row);
        pass_.backward(p, rows, member);
        for (std::int64_t row = rows.begin; row < rows.end; ++row) {
            head_gradient(encoder.heads(row), pass_.draws().deviation(row),
                          pass_.draws().epsilon(row), decoder.z_gradient(row * l),
                          static_cast<float>(batch.kl_weight), l, pass_.latents(),
                          encoder.heads_gradient(row));
        }
        encoder.backward(p, rows);
    }

    MinibatchPass pass_;
};

}  // namespace

std::unique_ptr<Estimator> make_sgvb_b(const EstimatorSetup& setup) {
    return std::make_unique<SgvbB>(setup);
}

}  // namespace elbow::estimator
