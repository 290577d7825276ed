#include "engine/model/vae.h"

#include <algorithm>
#include <cmath>

#include "engine/model/kernels.h"
#include "engine/model/matrix.h"

namespace elbow::model {
namespace {

// Rows worked on at a time: enough for the matrix products to be efficient, little enough to stay
// in the cache.
constexpr int kChunk = 128;

void grow(std::vector<float>& buffer, std::int64_t size) {
    if (static_cast<std::int64_t>(buffer.size()) < size)
        buffer.resize(static_cast<std::size_t>(size));
}

}  // namespace

Vae::Vae(const Architecture& architecture) : architecture_(architecture), layout_(architecture) {}

void Vae::encode(std::span<const float> parameters, std::span<const std::uint8_t> pixels,
                 float scale, int count, std::span<float> mean, std::span<float> log_variance) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t h = architecture_.hidden;
    const std::int64_t n = architecture_.latents;
    grow(inputs_, std::min(count, kChunk) * d);
    grow(hidden_, std::min(count, kChunk) * h);
    grow(heads_, std::min(count, kChunk) * 2 * n);
    const float* p = parameters.data();
    for (int start = 0; start < count; start += kChunk) {
        const int rows = std::min(kChunk, count - start);
        to_float(pixels.data() + start * d, scale, rows * d, inputs_.data());
        multiply_nt(rows, h, d, inputs_.data(), d, p + layout_.encoder_hidden_weight, d,
                    hidden_.data(), h);
        add_bias_and_activate(architecture_.activation, p + layout_.encoder_hidden_bias, rows, h,
                              hidden_.data());
        multiply_nt(rows, 2 * n, h, hidden_.data(), h, p + layout_.encoder_heads_weight, h,
                    heads_.data(), 2 * n);
        add_bias(p + layout_.encoder_heads_bias, rows, 2 * n, heads_.data());
        for (int row = 0; row < rows; ++row) {
            const float* head = heads_.data() + row * 2 * n;
            std::copy(head, head + n, mean.data() + (start + row) * n);
            std::copy(head + n, head + 2 * n, log_variance.data() + (start + row) * n);
        }
    }
}

void Vae::decode(std::span<const float> parameters, std::span<const float> z, int count,
                 std::span<float> outputs) {
    const std::int64_t o = architecture_.outputs();
    const std::int64_t h = architecture_.hidden;
    const std::int64_t n = architecture_.latents;
    grow(hidden_, std::min(count, kChunk) * h);
    const float* p = parameters.data();
    for (int start = 0; start < count; start += kChunk) {
        const int rows = std::min(kChunk, count - start);
        float* out = outputs.data() + start * o;
        multiply_nt(rows, h, n, z.data() + start * n, n, p + layout_.decoder_hidden_weight, n,
                    hidden_.data(), h);
        add_bias_and_activate(architecture_.activation, p + layout_.decoder_hidden_bias, rows, h,
                              hidden_.data());
        multiply_nt(rows, o, h, hidden_.data(), h, p + layout_.decoder_outputs_weight, h, out, o);
        add_bias(p + layout_.decoder_outputs_bias, rows, o, out);
    }
}

void Vae::log_likelihood(std::span<const std::uint8_t> pixels, float scale,
                         std::span<const float> outputs, int count,
                         std::span<double> result) const {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t o = architecture_.outputs();
    for (std::int64_t row = 0; row < count; ++row) {
        const std::uint8_t* x = pixels.data() + row * d;
        const float* out = outputs.data() + row * o;
        result[static_cast<std::size_t>(row)] =
            architecture_.likelihood == Likelihood::kBernoulli
                ? bernoulli_row(x, scale, out, d)
                : gaussian_row(x, scale, out, architecture_.variance_floor, d);
    }
}

void Vae::decode_images(std::span<const float> parameters, std::span<const float> z, int count,
                        std::span<std::uint8_t> images) {
    const std::int64_t d = architecture_.dimensions();
    const std::int64_t n = architecture_.latents;
    const std::int64_t o = architecture_.outputs();
    grow(outputs_, std::min(count, kChunk) * o);
    for (int start = 0; start < count; start += kChunk) {
        const int rows = std::min(kChunk, count - start);
        decode(parameters,
               z.subspan(static_cast<std::size_t>(start * n), static_cast<std::size_t>(rows * n)),
               rows, outputs_);
        for (std::int64_t row = 0; row < rows; ++row)
            sigmoid_to_grey(outputs_.data() + row * o, d, images.data() + (start + row) * d);
    }
}

// Appendix B: -KL = 1/2 sum (1 + v - mu^2 - e^v), v = log sigma^2.
void kl_per_latent(std::span<const float> mean, std::span<const float> log_variance,
                   std::span<double> result) {
    for (std::size_t i = 0; i < mean.size(); ++i) {
        const double mu = mean[i];
        const double v = log_variance[i];
        result[i] = -0.5 * (1.0 + v - mu * mu - std::exp(v));
    }
}

}  // namespace elbow::model
