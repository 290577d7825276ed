#include "engine/explore/point_draws.h"

#include <cstddef>

#include "engine/core/rng.h"

namespace elbow::explore {

PointDraws draws_of_point(model::Model& model, const model::Posteriors& q, int index,
                          int noise_samples, std::uint64_t seed) {
    const auto draws = static_cast<std::size_t>(noise_samples);
    std::vector<float> epsilon(draws * static_cast<std::size_t>(model.latents()));
    Stream(seed, "point").normals(static_cast<std::uint64_t>(index) * epsilon.size(), epsilon);
    PointDraws drawn{std::vector<float>(epsilon.size()), std::vector<double>(draws)};
    model.draw(q, std::vector<std::uint32_t>(draws, 0), epsilon, drawn.z, drawn.log_q);
    return drawn;
}

std::vector<double> log_likelihoods(model::Model& model, model::Parameters parameters,
                                    const data::Batch& image, std::span<const float> z) {
    const std::size_t draws = z.size() / static_cast<std::size_t>(model.latents());
    const std::vector<std::uint32_t> rows(draws, 0);
    data::Batch repeated = image;
    repeated.indices = rows;
    std::vector<float> outputs(draws * model.outputs());
    model.decode(parameters, z, data::labels_of(repeated), outputs);
    std::vector<double> nats(draws);
    model.log_likelihood(parameters, repeated, outputs, nats);
    return nats;
}

}  // namespace elbow::explore
