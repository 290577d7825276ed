#include "engine/explore/compression.h"

#include <numeric>
#include <string>

#include "engine/core/error.h"
#include "engine/explore/manifold.h"
#include "engine/explore/point.h"
#include "engine/explore/point_draws.h"
#include "engine/model/families.h"

namespace elbow::explore {
namespace {

constexpr int kDrawsOfPriorMean = 2000;

// [N], of draws where it is not known.
std::vector<float> mean_of_prior(model::Model& model, model::Parameters parameters) {
    const auto latents = static_cast<std::size_t>(model.latents());
    std::vector<float> mean(latents, 0.0f);
    if (model::is_standard_normal(model.spec().prior)) return mean;
    const std::vector<float> draws = prior_latents(model, parameters, 1, kDrawsOfPriorMean);
    for (std::size_t i = 0; i < draws.size(); ++i)
        mean[i % latents] += draws[i] / kDrawsOfPriorMean;
    return mean;
}

// Which of the latents are kept, [N].
std::vector<bool> marked(const model::Model& model, std::span<const int> kept) {
    std::vector<bool> marks(static_cast<std::size_t>(model.latents()), false);
    for (const int latent : kept) {
        if (latent < 0 || latent >= model.latents() || marks[static_cast<std::size_t>(latent)]) {
            throw UsageError("Expected some of the latents 0 to " +
                             std::to_string(model.latents() - 1) + ", each once, and found " +
                             std::to_string(latent) + ".");
        }
        marks[static_cast<std::size_t>(latent)] = true;
    }
    const bool all = kept.size() == marks.size();
    if (!all && !has_separate_latents(model.spec()))
        throw UsageError("The latents of this model cannot be left out one by one.");
    return marks;
}

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace

bool has_separate_latents(const model::ModelSpec& spec) {
    return model::is_diagonal(spec) && model::has_closed_kl(spec);
}

Compression compression(model::Model& model, model::Parameters parameters,
                        const data::Dataset& dataset, int held_out_index, std::span<const int> kept,
                        int noise_samples, std::uint64_t seed) {
    check_point(model, dataset, held_out_index);
    const std::vector<bool> keeps = marked(model, kept);
    const std::size_t latents = keeps.size();
    const data::Batch image = dataset.batch(dataset.held_out, held_out_index, held_out_index + 1);
    model::Posteriors q;
    model.encode(parameters, image, q);
    PointDraws drawn = draws_of_point(model, q, held_out_index, noise_samples, seed);
    const std::vector<float> otherwise = mean_of_prior(model, parameters);
    Compression result;
    result.index = held_out_index;
    std::vector<float> mean = q.mean;
    for (std::size_t i = 0; i < latents; ++i)
        if (!keeps[i]) mean[i] = otherwise[i];
    for (std::size_t row = 0; row < drawn.z.size(); row += latents)
        for (std::size_t i = 0; i < latents; ++i)
            if (!keeps[i]) drawn.z[row + i] = otherwise[i];
    result.reconstruction = decode(model, parameters, mean, data::labels_of(image));
    result.image_nats = -mean_of(log_likelihoods(model, parameters, image, drawn.z));
    std::vector<double> kl(latents);
    if (model.kl_per_latent(q, kl)) {
        for (std::size_t i = 0; i < latents; ++i)
            if (keeps[i]) result.code_nats += kl[i];
        return result;
    }
    std::vector<double> log_prior(drawn.log_q.size());
    model.log_prior(parameters, drawn.z, log_prior, {});
    result.code_nats = mean_of(drawn.log_q) - mean_of(log_prior);
    return result;
}

}  // namespace elbow::explore
