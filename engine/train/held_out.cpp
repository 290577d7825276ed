#include "engine/train/held_out.h"

#include <algorithm>
#include <utility>

#include "engine/estimator/estimator.h"
#include "engine/run/measure.h"

namespace elbow::train {
namespace {

using estimator::Measure;

Measure measure_of(const RunConfig& config) {
    return estimator::estimators().at(config.estimator).measure;
}

eval::Bound nothing(const model::ModelSpec& spec, int images) {
    eval::Bound bound;
    bound.reconstruction = bound.kl = kNotANumber;
    bound.kl_per_latent.assign(static_cast<std::size_t>(spec.latents), kNotANumber);
    bound.images = images;
    return bound;
}

}  // namespace

std::optional<eval::BoundWork> begin_held_out(const RunConfig& config, const model::ModelSpec& spec,
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
    return eval::BoundWork(spec, parameters,
                           dataset.batch(dataset.held_out, 0, dataset.held_out.count), draws,
                           config.seed, kind);
}

eval::Bound held_out_bound(const std::optional<eval::BoundWork>& work, const model::ModelSpec& spec,
                           const data::Dataset& dataset) {
    return work ? work->result() : nothing(spec, dataset.held_out.count);
}

eval::Bound measure_held_out(const RunConfig& config, const model::ModelSpec& spec,
                             std::span<const float> parameters, const data::Dataset& dataset,
                             Team& team, double seconds) {
    std::optional<eval::BoundWork> work = begin_held_out(config, spec, parameters, dataset);
    if (work) work->advance(team, seconds);
    return held_out_bound(work, spec, dataset);
}

double score(const RunConfig& config, const eval::Bound& bound) {
    return run::has_bound(config) ? bound.bound() : bound.reconstruction;
}

RunConfig measured_config(RunConfig config, const EvaluationRecord& evaluation) {
    config.weights = evaluation.averaged ? "averaged" : "live";
    return config;
}

std::string weights_text(const RunConfig& config,
                         const std::vector<EvaluationRecord>& evaluations) {
    if (evaluations.empty()) return run::weights_text(config);
    const EvaluationRecord& last = evaluations.back();
    const auto is_other = [&](const auto& record) { return record.averaged != last.averaged; };
    if (std::ranges::any_of(evaluations, is_other)) return ", live and averaged weights";
    return run::weights_text(measured_config(config, last));
}

}  // namespace elbow::train
