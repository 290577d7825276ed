#include "engine/infer/importance_weights.h"

#include <algorithm>
#include <string>

#include "engine/core/error.h"
#include "engine/model/gaussian.h"

namespace elbow::infer {
namespace {

// Rows evaluated at a time.
constexpr std::size_t kBlock = 1024;

// Each image's noise begins this many numbers after the one's before it; a sample needs N of them.
constexpr std::uint64_t kNoisePerImage = std::uint64_t{1} << 32U;

void check(DiagonalGaussians q, std::size_t images, int latents) {
    const std::size_t expected = images * static_cast<std::size_t>(latents);
    if (q.mean.size() != expected || q.log_variance.size() != expected) {
        throw Error("Expected " + std::to_string(expected) + " means and log-variances, one a " +
                    "latent of each image, and found " + std::to_string(q.mean.size()) + " and " +
                    std::to_string(q.log_variance.size()) + ". Give q(z|x) of these images.");
    }
}

void check_samples(int samples) {
    if (samples < 1) {
        throw UsageError("Expected at least one sample an image; " + std::to_string(samples) +
                         " were asked for. Choose 1 or more.");
    }
}

}  // namespace

DrawPosteriors draws_from(DiagonalGaussians q, std::size_t images, int latents) {
    check(q, images, latents);
    const auto n = static_cast<std::size_t>(latents);
    return [q, n](std::span<const std::uint32_t> rows, std::span<const float> epsilon,
                  std::span<float> z, std::span<double> log_q) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const auto log_variance = q.log_variance.subspan(rows[row] * n, n);
            const auto own = epsilon.subspan(row * n, n);
            model::draw_posterior(q.mean.subspan(rows[row] * n, n), log_variance, own,
                                  z.subspan(row * n, n));
            log_q[row] = model::log_posterior(log_variance, own);
        }
    };
}

void for_each_log_weight(LogJoint& joint, std::span<const std::uint32_t> images,
                         const DrawPosteriors& draw, int samples, const Stream& noise,
                         const std::function<void(std::size_t image, double log_weight)>& use,
                         const std::function<void(double fraction)>& between_blocks) {
    check_samples(samples);
    const auto latents = static_cast<std::size_t>(joint.latents());
    const auto per_image = static_cast<std::size_t>(samples);
    const std::size_t rows = images.size() * per_image;
    const std::size_t longest = std::min(rows, kBlock);
    std::vector<std::uint32_t> row_images(longest);
    std::vector<std::uint32_t> row_posteriors(longest);
    std::vector<float> z(longest * latents);
    std::vector<float> epsilon(longest * latents);
    std::vector<double> log_q(longest);
    std::vector<double> log_joint(longest);

    for (std::size_t first = 0; first < rows; first += kBlock) {
        const std::size_t block = std::min(kBlock, rows - first);
        // The block's rows, a run of samples of one image at a time.
        for (std::size_t row = 0; row < block;) {
            const std::size_t image = (first + row) / per_image;
            const std::size_t sample = (first + row) % per_image;
            const std::size_t run = std::min(per_image - sample, block - row);
            noise.normals(images[image] * kNoisePerImage + sample * latents,
                          std::span(epsilon).subspan(row * latents, run * latents));
            for (std::size_t s = 0; s < run; ++s, ++row) {
                row_images[row] = images[image];
                row_posteriors[row] = static_cast<std::uint32_t>(image);
            }
        }
        draw(std::span(row_posteriors).first(block), std::span(epsilon).first(block * latents),
             std::span(z).first(block * latents), std::span(log_q).first(block));
        joint.evaluate(std::span(row_images).first(block), std::span(z).first(block * latents),
                       std::span(log_joint).first(block), {});
        for (std::size_t row = 0; row < block; ++row) {
            use((first + row) / per_image, log_joint[row] - log_q[row]);
        }
        if (between_blocks) {
            between_blocks(static_cast<double>(first + block) / static_cast<double>(rows));
        }
    }
}

}  // namespace elbow::infer
