#include "engine/explore/scores.h"

#include <cmath>
#include <numeric>

#include "engine/core/rng.h"
#include "engine/explore/latent_map.h"

namespace elbow::explore {

void ImageScores::size_for(int images) {
    const auto count = static_cast<std::size_t>(images);
    reconstruction.resize(count);
    kl.resize(count);
    width.resize(count);
}

void score_into(ImageScores& scores, model::Model& model, model::Parameters parameters,
                const data::Dataset& dataset, const data::ImageSet& set, int begin, int end) {
    check_images(model, dataset);
    const auto count = static_cast<std::size_t>(end - begin);
    const auto latents = static_cast<std::size_t>(model.latents());
    const data::Batch batch = dataset.batch(set, begin, end);
    model::Posteriors q;
    model.encode(parameters, batch, q);
    std::vector<std::uint32_t> rows(count);
    std::iota(rows.begin(), rows.end(), 0U);
    std::vector<float> epsilon(count * latents), z(count * latents);
    Stream(1, "scores").normals(static_cast<std::uint64_t>(begin) * latents, epsilon);
    std::vector<double> log_q(count), nats(count), kl(count * latents);
    model.draw(q, rows, epsilon, z, log_q);
    std::vector<float> outputs(count * model.outputs());
    model.decode(parameters, z, data::labels_of(batch), outputs);
    model.log_likelihood(parameters, batch, outputs, nats);
    const bool closed = model.kl_per_latent(q, kl);
    std::vector<double> log_prior(count);
    if (!closed) model.log_prior(parameters, z, log_prior, {});
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t image = static_cast<std::size_t>(begin) + i;
        double sum = log_q[i] - log_prior[i], log_width = 0.0;
        if (closed) sum = 0.0;
        for (std::size_t n = 0; n < latents; ++n) {
            if (closed) sum += kl[i * latents + n];
            log_width += std::log(double{q.deviation[i * latents + n]});
        }
        scores.reconstruction[image] = static_cast<float>(nats[i]);
        scores.kl[image] = static_cast<float>(sum);
        scores.width[image] =
            static_cast<float>(std::exp(log_width / static_cast<double>(latents)));
    }
}

}  // namespace elbow::explore
