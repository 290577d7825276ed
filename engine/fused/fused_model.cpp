#include "engine/fused/fused_model.h"

#include <algorithm>
#include <cmath>

#include "engine/fused/kernels.h"
#include "engine/fused/known_values.h"
#include "engine/model/gaussian.h"

namespace elbow::fused {
namespace {

// Rows worked on at a time: enough for the matrix products to be efficient, little enough to stay
// in the cache.
constexpr std::int64_t kChunk = 128;

// Empty where all values are known, or none is.
std::vector<std::int32_t> known_of(const data::Batch& batch) {
    if (batch.known == nullptr) return {};
    return known_values({batch.known, static_cast<std::size_t>(batch.dimensions)});
}

}  // namespace

FusedModel::FusedModel(const model::ModelSpec& described)
    : Model(described),
      architecture_(needed_kernel_form(described)),
      offsets_(architecture_),
      encoder_(architecture_),
      decoder_(architecture_) {}

std::size_t FusedModel::rows_at_once() const { return kChunk; }

void FusedModel::encode(model::Parameters parameters, const data::Batch& batch,
                        model::Posteriors& q) {
    const std::int64_t n = latents();
    const std::int64_t count = batch.rows();
    q.heads.resize(static_cast<std::size_t>(count * 2 * n));
    q.mean.resize(static_cast<std::size_t>(count * n));
    q.deviation.resize(static_cast<std::size_t>(count * n));
    for (std::int64_t start = 0; start < count; start += kChunk) {
        const std::int64_t rows = std::min(kChunk, count - start);
        encoder_.begin(rows);
        data::write_targets(batch, start, start + rows, encoder_.input(0));
        encoder_.note_inputs({0, rows});
        encoder_.forward(parameters.data(), {0, rows});
        std::copy_n(encoder_.heads(0), rows * 2 * n, q.heads.data() + start * 2 * n);
    }
    for (std::int64_t row = 0; row < count; ++row) {
        const float* heads = q.heads.data() + row * 2 * n;
        std::copy_n(heads, n, q.mean.data() + row * n);
        for (std::int64_t i = 0; i < n; ++i)
            q.deviation[static_cast<std::size_t>(row * n + i)] = std::exp(0.5F * heads[n + i]);
    }
}

void FusedModel::draw(const model::Posteriors& q, std::span<const std::uint32_t> rows,
                      std::span<const float> epsilon, std::span<float> z, std::span<double> log_q) {
    const auto n = static_cast<std::size_t>(latents());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto heads = std::span(q.heads).subspan(rows[r] * 2 * n, 2 * n);
        const auto own = epsilon.subspan(r * n, n);
        if (!log_q.empty()) log_q[r] = model::log_posterior(heads.last(n), own);
        model::draw_posterior(heads.first(n), heads.last(n), own, z.subspan(r * n, n));
    }
}

bool FusedModel::kl_per_latent(const model::Posteriors& q, std::span<double> nats) {
    const auto n = static_cast<std::size_t>(latents());
    for (std::size_t row = 0; row * n < nats.size(); ++row) {
        const auto heads = std::span(q.heads).subspan(row * 2 * n, 2 * n);
        model::kl_per_latent(heads.first(n), heads.last(n), nats.subspan(row * n, n));
    }
    return true;
}

void FusedModel::decode(model::Parameters parameters, std::span<const float> z,
                        std::span<const std::uint8_t>, std::span<float> decoded) {
    const std::int64_t o = architecture_.outputs();
    const std::int64_t n = latents();
    const std::int64_t count = static_cast<std::int64_t>(z.size()) / n;
    decoder_.reserve(std::min(count, kChunk));
    for (std::int64_t start = 0; start < count; start += kChunk) {
        const std::int64_t rows = std::min(kChunk, count - start);
        float* out = decoded.data() + start * o;
        std::copy_n(z.data() + start * n, rows * n, decoder_.z(0));
        decoder_.forward(parameters.data(), {0, rows}, out);
        add_bias(parameters.data() + offsets_.decoder_outputs_bias, rows, o, out);
    }
}

void FusedModel::log_likelihood(model::Parameters, const data::Batch& batch,
                                std::span<const float> decoded, std::span<double> nats) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t o = architecture_.outputs();
    const auto of_row = [&](const std::uint8_t* x, const float* out, std::int64_t count) {
        return architecture_.likelihood == Likelihood::kBernoulli
                   ? bernoulli_row(x, batch.scale, out, count)
                   : gaussian_row(x, batch.scale, out, architecture_.variance_floor, count);
    };
    const std::vector<std::int32_t> known = known_of(batch);
    std::vector<std::uint8_t> known_pixels;
    std::vector<float> known_outputs;
    for (std::int64_t row = 0; row < batch.rows(); ++row) {
        const std::uint8_t* x = batch.image(row);
        const float* out = decoded.data() + row * o;
        double& result = nats[static_cast<std::size_t>(row)];
        if (batch.known == nullptr) {
            result = of_row(x, out, d);
            continue;
        }
        gather_values(x, known, d, d, known_pixels);
        gather_values(out, known, d, o, known_outputs);
        result = of_row(known_pixels.data(), known_outputs.data(),
                        static_cast<std::int64_t>(known.size()));
    }
}

void FusedModel::means(model::Parameters, std::span<const float> decoded, std::span<float> images) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t o = architecture_.outputs();
    for (std::int64_t row = 0; row * d < static_cast<std::int64_t>(images.size()); ++row)
        sigmoid(decoded.data() + row * o, d, images.data() + row * d);
}

void FusedModel::pictures(model::Parameters, std::span<const float> decoded,
                          std::span<std::uint8_t> images) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t o = architecture_.outputs();
    for (std::int64_t row = 0; row * d < static_cast<std::int64_t>(images.size()); ++row)
        sigmoid_to_grey(decoded.data() + row * o, d, images.data() + row * d);
}

void FusedModel::log_prior(model::Parameters, std::span<const float> z, std::span<double> nats,
                           std::span<float> dz) {
    const auto n = static_cast<std::size_t>(latents());
    for (std::size_t row = 0; row < nats.size(); ++row)
        nats[row] = model::log_prior(z.subspan(row * n, n));
    for (std::size_t i = 0; i < dz.size(); ++i) dz[i] = -z[i];
}

void FusedModel::sample_prior(model::Parameters, const Stream& stream, std::uint64_t first,
                              std::span<float> z) {
    model::draw_prior(stream, first * static_cast<std::uint64_t>(latents()), z);
}

void FusedModel::log_joint(model::Parameters parameters, const data::Batch& batch,
                           std::span<const float> z, std::span<double> nats, std::span<float> dz) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t n = latents();
    const float* p = parameters.data();
    const Share rows{0, batch.rows()};
    decoder_.reserve(rows.end);
    targets_.resize(std::max(targets_.size(), static_cast<std::size_t>(rows.end * d)));
    std::copy_n(z.data(), rows.end * n, decoder_.z(0));
    decoder_.forward(p, rows);
    data::write_targets(batch, 0, rows.end, targets_.data());
    const std::vector<std::int32_t> known = known_of(batch);
    for (std::int64_t row = 0; row < rows.end; ++row) {
        const auto own = z.subspan(static_cast<std::size_t>(row * n), static_cast<std::size_t>(n));
        const float* x = targets_.data() + row * d;
        const double likelihood = batch.known == nullptr
                                      ? decoder_.likelihood(p, row, x, 1.0f)
                                      : decoder_.likelihood(p, row, x, 1.0f, known);
        nats[static_cast<std::size_t>(row)] = model::with_log_prior(likelihood, own);
    }
    if (dz.empty()) return;
    decoder_.backward(p, rows);
    for (std::int64_t i = 0; i < rows.end * n; ++i)
        dz[static_cast<std::size_t>(i)] =
            decoder_.z_gradient(0)[i] - z[static_cast<std::size_t>(i)];
}

}  // namespace elbow::fused
