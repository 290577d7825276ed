#include "engine/train/measure.h"

#include "engine/estimator/estimator.h"
#include "engine/eval/marginal_likelihood.h"

namespace elbow::train {

using estimator::Measure;

std::string measure_text(const RunConfig& config) {
    switch (estimator::estimators().at(config.estimator).measure) {
        case Measure::kLowerBound:
            return "lower bound";
        case Measure::kImportanceWeighted:
            return "importance-weighted bound, k = " + std::to_string(config.noise_samples);
        case Measure::kReconstruction:
            return "reconstruction term";
        case Measure::kNothing:
            break;
    }
    return "log p(x|z)";
}

std::string weights_text(const RunConfig& config) {
    return estimator::estimators().at(config.estimator).mean_weights ? ", mean weights" : "";
}

std::string held_out_title(const RunConfig& config) {
    const Measure measure = estimator::estimators().at(config.estimator).measure;
    if (measure == Measure::kReconstruction) return "Held-out log p(x|z)";
    return "Held-out bound" + weights_text(config);
}

std::string draws_text(const RunConfig& config) {
    switch (estimator::estimators().at(config.estimator).measure) {
        case Measure::kLowerBound:
            return "one noise sample each" + weights_text(config);
        case Measure::kImportanceWeighted:
            return std::to_string(config.noise_samples) + " noise samples each";
        case Measure::kReconstruction:
            return "at the encoder's mean, because there is no bound";
        case Measure::kNothing:
            break;
    }
    return "not measured, because there is no encoder";
}

std::string no_bound_text(const RunConfig& config) {
    const bool encodes = estimator::estimators().at(config.estimator).measure != Measure::kNothing;
    if (encodes) return "This estimator has no bound: see Reconstruction.";
    return "This estimator has no encoder, so held-out images have no bound: see Reconstruction "
           "for the training images. For a saved run with at most " +
           std::to_string(eval::kMostMarginalLatents) +
           " latents, \"elbow eval --marginal\" estimates log p(x).";
}

}  // namespace elbow::train
