#include "engine/train/held_out.h"

#include "engine/estimator/estimator.h"

namespace elbow::train {
namespace {

using estimator::Measure;

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

bool has_prior(const RunConfig& config) {
    return estimator::estimators().at(config.estimator).has_prior;
}

const char* latent_unit(const RunConfig& config) {
    return has_prior(config) ? "standard deviations of the prior" : "units of the code";
}

std::optional<eval::BoundWork> begin_held_out(const RunConfig& config,
                                              const model::Architecture& architecture,
                                              std::span<const float> parameters,
                                              const data::Dataset& dataset) {
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
            return std::nullopt;
    }
    return eval::BoundWork(architecture, parameters, dataset.held_out, dataset.scale, draws,
                           config.seed, kind);
}

eval::Bound held_out_bound(const std::optional<eval::BoundWork>& work,
                           const model::Architecture& architecture, const data::Dataset& dataset) {
    return work ? work->result() : nothing(architecture, dataset.held_out.count);
}

eval::Bound measure_held_out(const RunConfig& config, const model::Architecture& architecture,
                             std::span<const float> parameters, const data::Dataset& dataset,
                             Team& team) {
    std::optional<eval::BoundWork> work = begin_held_out(config, architecture, parameters, dataset);
    if (work) work->advance(team);
    return held_out_bound(work, architecture, dataset);
}

double score(const RunConfig& config, const eval::Bound& bound) {
    return has_bound(config) ? bound.bound() : bound.reconstruction;
}

const char* score_text(const RunConfig& config) {
    return has_bound(config) ? "held-out bound" : "held-out log p(x|z)";
}

}  // namespace elbow::train
