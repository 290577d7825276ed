#include "engine/infer/importance_weights.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/core/error.h"

namespace elbow::infer {
namespace {

constexpr double kLog2Pi = 1.8378770664093453;

// Rows evaluated at a time.
constexpr std::size_t kBlock = 1024;

// Each image's noise begins this many numbers after the one's before it; a sample needs N of them.
constexpr std::uint64_t kNoisePerImage = std::uint64_t{1} << 32U;

void check(const LogJoint& joint, std::span<const std::uint32_t> images, DiagonalGaussians q,
           int samples) {
    const std::size_t expected = images.size() * static_cast<std::size_t>(joint.latents());
    if (q.mean.size() != expected || q.log_variance.size() != expected) {
        throw Error("Expected " + std::to_string(expected) + " means and log-variances, one a " +
                    "latent of each image, and found " + std::to_string(q.mean.size()) + " and " +
                    std::to_string(q.log_variance.size()) + ". Give q(z|x) of these images.");
    }
    if (samples < 1) {
        throw UsageError("Expected at least one sample an image; " + std::to_string(samples) +
                         " were asked for. Choose 1 or more.");
    }
}

}  // namespace

double place_sample(std::span<const float> mean, std::span<const float> log_variance,
                    std::span<const float> epsilon, std::span<float> z) {
    double log_q = 0.0;
    for (std::size_t n = 0; n < z.size(); ++n) {
        z[n] = mean[n] + std::exp(0.5F * log_variance[n]) * epsilon[n];
        log_q -= 0.5 * (kLog2Pi + log_variance[n] + static_cast<double>(epsilon[n]) * epsilon[n]);
    }
    return log_q;
}

void for_each_log_weight(LogJoint& joint, std::span<const std::uint32_t> images,
                         DiagonalGaussians q, int samples, const Stream& noise,
                         const std::function<void(std::size_t image, double log_weight)>& use,
                         const std::function<void(double fraction)>& between_blocks) {
    check(joint, images, q, samples);
    const auto latents = static_cast<std::size_t>(joint.latents());
    const auto per_image = static_cast<std::size_t>(samples);
    const std::size_t rows = images.size() * per_image;
    const std::size_t longest = std::min(rows, kBlock);
    std::vector<std::uint32_t> row_images(longest);
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
                          std::span(epsilon).first(run * latents));
            for (std::size_t s = 0; s < run; ++s, ++row) {
                row_images[row] = images[image];
                log_q[row] = place_sample(q.mean.subspan(image * latents, latents),
                                          q.log_variance.subspan(image * latents, latents),
                                          std::span(epsilon).subspan(s * latents, latents),
                                          std::span(z).subspan(row * latents, latents));
            }
        }
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
