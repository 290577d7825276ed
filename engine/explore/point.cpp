#include "engine/explore/point.h"

#include <cmath>
#include <numeric>
#include <string>

#include "engine/core/error.h"
#include "engine/core/rng.h"

namespace elbow::explore {

namespace {

// Mean over draws z = mean + exp(log_variance / 2) epsilon of log p(x|z).
double expected_log_likelihood(model::Vae& vae, std::span<const float> parameters,
                               std::span<const std::uint8_t> pixels, float scale,
                               const PointDetail& point, std::uint64_t seed) {
    const auto draws = static_cast<std::size_t>(point.noise_samples);
    const std::size_t latents = point.mean.size();
    std::vector<float> z(draws * latents);
    // Each image has noise of its own, the same whenever it is looked at: the number stands still
    // while nothing learns.
    Stream(seed, "point").normals(static_cast<std::uint64_t>(point.index) * z.size(), z);
    for (std::size_t i = 0; i < z.size(); ++i) {
        const std::size_t n = i % latents;
        z[i] = point.mean[n] + std::exp(0.5f * point.log_variance[n]) * z[i];
    }
    const auto size = static_cast<std::size_t>(vae.architecture().outputs());
    std::vector<float> outputs(draws * size);
    vae.decode(parameters, z, point.noise_samples, outputs);
    double sum = 0.0;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        double nats = 0.0;
        vae.log_likelihood(pixels, scale, std::span(outputs).subspan(draw * size, size), 1,
                           std::span(&nats, 1));
        sum += nats;
    }
    return sum / static_cast<double>(draws);
}

}  // namespace

void check_point(const model::Vae& vae, const data::Dataset& dataset, int index) {
    if (dataset.dimensions() != vae.architecture().dimensions()) {
        throw Error("The model was made for images of " +
                    std::to_string(vae.architecture().dimensions()) + " pixels, but '" +
                    dataset.name + "' has " + std::to_string(dataset.dimensions()) +
                    "; use the data set that the model was trained on.");
    }
    if (index < 0 || index >= dataset.held_out.count) {
        throw UsageError("Held-out image " + std::to_string(index) + " was asked for, but '" +
                         dataset.name + "' has images 0 to " +
                         std::to_string(dataset.held_out.count - 1) + ".");
    }
}

PointDetail point_detail(model::Vae& vae, std::span<const float> parameters,
                         const data::Dataset& dataset, int held_out_index, int noise_samples,
                         std::uint64_t seed) {
    check_point(vae, dataset, held_out_index);
    if (noise_samples < 1) {
        throw UsageError("The bound needs at least one noise sample; " +
                         std::to_string(noise_samples) + " were asked for.");
    }
    const auto latents = static_cast<std::size_t>(vae.architecture().latents);
    const std::span<const std::uint8_t> pixels = dataset.image(dataset.held_out, held_out_index);
    PointDetail point;
    point.index = held_out_index;
    point.noise_samples = noise_samples;
    point.mean.resize(latents);
    point.log_variance.resize(latents);
    vae.encode(parameters, pixels, dataset.scale, 1, point.mean, point.log_variance);
    point.reconstruction.resize(pixels.size());
    vae.decode_images(parameters, point.mean, 1, point.reconstruction);
    point.kl_per_latent.resize(latents);
    model::kl_per_latent(point.mean, point.log_variance, point.kl_per_latent);
    point.kl_nats = std::accumulate(point.kl_per_latent.begin(), point.kl_per_latent.end(), 0.0);
    point.reconstruction_nats =
        expected_log_likelihood(vae, parameters, pixels, dataset.scale, point, seed);
    return point;
}

}  // namespace elbow::explore
