#include "engine/train/held_out.h"

#include <limits>

#include "engine/estimator/estimator.h"

namespace elbow::train {
namespace {

using estimator::Measure;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

Measure measure_of(const RunConfig& config) {
    return estimator::estimators().at(config.estimator).measure;
}

eval::Bound nothing(const model::Architecture& architecture, int images) {
    eval::Bound bound;
    bound.reconstruction = bound.kl = kNotANumber;
    bound.kl_per_latent.assign(static_cast<std::size_t>(architecture.latents), kNotANumber);
    bound.images = images;
    return bound;
}

}  // namespace

bool has_bound(const RunConfig& config) {
    const Measure measure = measure_of(config);
    return measure == Measure::kLowerBound || measure == Measure::kImportanceWeighted;
}

bool has_encoder(const RunConfig& config) { return measure_of(config) != Measure::kNothing; }

eval::Bound measure_held_out(const RunConfig& config, const model::Architecture& architecture,
                             std::span<const float> parameters, const data::Dataset& dataset,
                             Team& team) {
    int draws = 1;
    auto kind = eval::BoundKind::kPlain;
    switch (measure_of(config)) {
        case Measure::kLowerBound:
            break;
        case Measure::kImportanceWeighted:
            kind = eval::BoundKind::kImportanceWeighted;
            draws = config.noise_samples;
            break;
        case Measure::kReconstruction:
            kind = eval::BoundKind::kAtTheMean;
            break;
        case Measure::kNothing:
            return nothing(architecture, dataset.held_out.count);
    }
    return eval::lower_bound(architecture, parameters, dataset.held_out, dataset.scale, draws,
                             config.seed, team, kind);
}

double score(const RunConfig& config, const eval::Bound& bound) {
    return has_bound(config) ? bound.bound() : bound.reconstruction;
}

}  // namespace elbow::train
