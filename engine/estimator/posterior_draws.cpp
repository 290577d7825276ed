#include "engine/estimator/posterior_draws.h"

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"

namespace elbow::estimator {
namespace {

// One image's z [L, N] from heads [2N] = (mu, v) and epsilon [L, N].
ELBOW_CLONES void reparameterise(const float* __restrict heads, const float* __restrict epsilon,
                                 std::int64_t l_count, std::int64_t n, float* __restrict deviation,
                                 float* __restrict z) {
    for (std::int64_t j = 0; j < n; ++j) deviation[j] = fast::exp(0.5f * heads[n + j]);
    for (std::int64_t l = 0; l < l_count; ++l) {
        for (std::int64_t j = 0; j < n; ++j)
            z[l * n + j] = heads[j] + deviation[j] * epsilon[l * n + j];
    }
}

}  // namespace

void PosteriorDraws::reserve(std::int64_t rows) {
    epsilon_.resize(static_cast<std::size_t>(rows * l_ * n_));
    deviation_.resize(static_cast<std::size_t>(rows * n_));
}

void PosteriorDraws::draw(const Minibatch& batch, const Share& rows, fused::EncoderPass& encoder,
                          fused::DecoderPass& decoder) {
    if (rows.size() <= 0) return;
    const std::int64_t first = rows.begin * l_ * n_;
    batch.noise->normals(
        batch.noise_position + static_cast<std::uint64_t>(first),
        {epsilon_.data() + first, static_cast<std::size_t>(rows.size() * l_ * n_)});
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        reparameterise(encoder.heads(row), epsilon(row), l_, n_, deviation_.data() + row * n_,
                       decoder.z(row * l_));
    }
}

}  // namespace elbow::estimator
