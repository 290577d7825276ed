#include "engine/estimator/posterior_draws.h"

#include <cmath>
#include <limits>

#include "engine/core/clones.h"
#include "engine/core/fast_math.h"
#include "engine/model/kernels.h"

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

// Images of a minibatch lie anywhere in memory: asks for one that will be read soon.
void ask_for(const std::uint8_t* pixels, std::int64_t count) {
    constexpr std::int64_t kCacheLine = 64;
    for (std::int64_t i = 0; i < count; i += kCacheLine) __builtin_prefetch(pixels + i);
}

}  // namespace

void write_targets(const Minibatch& batch, const Share& rows, std::int64_t dimensions,
                   model::EncoderPass& encoder) {
    constexpr std::int64_t kAhead = 2;  // images
    const auto image = [&](std::int64_t row) {
        return batch.pixels + batch.indices[static_cast<std::size_t>(row)] * dimensions;
    };
    for (std::int64_t row = rows.begin; row < rows.end; ++row) {
        if (row + kAhead < rows.end) ask_for(image(row + kAhead), dimensions);
        float* x = encoder.input(row);
        model::to_float(image(row), batch.scale, dimensions, x);
        if (batch.redraw == nullptr) continue;
        batch.redraw->bernoullis(
            (batch.seen + static_cast<std::uint64_t>(row)) * static_cast<std::uint64_t>(dimensions),
            {x, static_cast<std::size_t>(dimensions)});
    }
}

double kl_of(const float* heads, std::int64_t latents) {
    double kl = 0.0;
    for (std::int64_t j = 0; j < latents; ++j) {
        const double mu = heads[j];
        const double v = heads[latents + j];
        if (!(v < 85.0)) return std::numeric_limits<double>::infinity();
        kl -= 0.5 * (1.0 + v - mu * mu - std::exp(v));
    }
    return kl;
}

void PosteriorDraws::reserve(std::int64_t rows) {
    epsilon_.resize(static_cast<std::size_t>(rows * l_ * n_));
    deviation_.resize(static_cast<std::size_t>(rows * n_));
}

void PosteriorDraws::draw(const Minibatch& batch, const Share& rows, model::EncoderPass& encoder,
                          model::DecoderPass& decoder) {
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
