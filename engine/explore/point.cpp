#include "engine/explore/point.h"

#include <numeric>
#include <string>

#include "engine/core/error.h"
#include "engine/core/rng.h"
#include "engine/explore/latent_map.h"
#include "engine/explore/manifold.h"
#include "engine/explore/point_draws.h"
#include "engine/model/families.h"

namespace elbow::explore {

namespace {

// The two terms of the bound as means over draws from q(z|x): log p(x|z) and, where the KL has no
// closed form, log q(z|x) - log p(z).
void estimate_terms(model::Model& model, model::Parameters parameters, const data::Batch& image,
                    const model::Posteriors& q, std::uint64_t seed, PointDetail& point) {
    const PointDraws drawn = draws_of_point(model, q, point.index, point.noise_samples, seed);
    const auto mean = [&](const std::vector<double>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0) /
               static_cast<double>(values.size());
    };
    point.reconstruction_nats = mean(log_likelihoods(model, parameters, image, drawn.z));
    if (!point.kl_per_latent.empty()) return;
    std::vector<double> log_prior(drawn.log_q.size());
    model.log_prior(parameters, drawn.z, log_prior, {});
    point.kl_nats = mean(drawn.log_q) - mean(log_prior);
}

}  // namespace

std::vector<float> posterior_cloud(model::Model& model, const model::Posteriors& q) {
    constexpr std::size_t kDraws = 400;
    if (model::is_diagonal(model.spec())) return {};
    std::vector<float> epsilon(kDraws * static_cast<std::size_t>(model.latents()));
    Stream(1, "cloud").normals(0, epsilon);
    std::vector<float> z(epsilon.size());
    model.draw(q, std::vector<std::uint32_t>(kDraws, 0), epsilon, z, {});
    return z;
}

void check_point(const model::Model& model, const data::Dataset& dataset, int index) {
    check_images(model, dataset);
    if (index < 0 || index >= dataset.held_out.count) {
        throw UsageError("Held-out image " + std::to_string(index) + " was asked for, but '" +
                         dataset.name + "' has images 0 to " +
                         std::to_string(dataset.held_out.count - 1) + ".");
    }
}

PointDetail point_detail(model::Model& model, model::Parameters parameters,
                         const data::Dataset& dataset, int held_out_index, int noise_samples,
                         std::uint64_t seed) {
    check_point(model, dataset, held_out_index);
    if (noise_samples < 1) {
        throw UsageError("The bound needs at least one noise sample; " +
                         std::to_string(noise_samples) + " were asked for.");
    }
    const data::Batch image = dataset.batch(dataset.held_out, held_out_index, held_out_index + 1);
    PointDetail point;
    point.index = held_out_index;
    point.noise_samples = noise_samples;
    model::Posteriors q;
    model.encode(parameters, image, q);
    point.mean = q.mean;
    point.deviation = q.deviation;
    point.cloud = posterior_cloud(model, q);
    point.reconstruction = decode(model, parameters, point.mean, data::labels_of(image));
    point.kl_per_latent.resize(q.mean.size());
    if (!model.kl_per_latent(q, point.kl_per_latent)) point.kl_per_latent.clear();
    point.kl_nats = std::accumulate(point.kl_per_latent.begin(), point.kl_per_latent.end(), 0.0);
    estimate_terms(model, parameters, image, q, seed, point);
    return point;
}

}  // namespace elbow::explore
