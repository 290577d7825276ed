#include "engine/run/measure.h"

#include "engine/estimator/estimator.h"
#include "engine/eval/marginal_likelihood.h"
#include "engine/model/families.h"
#include "engine/optim/average.h"

namespace elbow::run {

using estimator::Measure;

namespace {

Measure measure_of(const RunConfig& config) {
    return estimator::estimators().at(config.estimator).measure;
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

bool has_normal_prior(const RunConfig& config) {
    return has_prior(config) && model::is_standard_normal({config.prior});
}

bool has_own_prior(const RunConfig& config) {
    return has_prior(config) && !has_normal_prior(config);
}

const char* latent_unit(const RunConfig& config) {
    if (!has_prior(config)) return "units of the code";
    return has_normal_prior(config) ? "standard deviations of the prior" : "units of the latent";
}

const char* score_text(const RunConfig& config) {
    return has_bound(config) ? "held-out bound" : "held-out log p(x|z)";
}

std::string measure_text(const RunConfig& config) {
    switch (measure_of(config)) {
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

bool averages_weights(const RunConfig& config) {
    return optim::averages().at(config.average).share != nullptr;
}

bool measures_averaged_weights(const RunConfig& config) {
    return averages_weights(config) && config.weights != "live";
}

bool keeps_best_weights(const RunConfig& config) {
    return has_encoder(config) && config.keep_best == "on";
}

bool shows_best_weights(const RunConfig& config) {
    return keeps_best_weights(config) && config.weights == "best";
}

std::string weights_text(const RunConfig& config) {
    const bool mean = estimator::estimators().at(config.estimator).mean_weights;
    return std::string(measures_averaged_weights(config) ? ", averaged weights" : "") +
           (mean ? ", mean weights" : "");
}

std::string shown_weights_text(const RunConfig& config) {
    return shows_best_weights(config) ? ", best weights" : weights_text(config);
}

std::string held_out_title(const RunConfig& config) {
    const bool mean = estimator::estimators().at(config.estimator).mean_weights;
    const bool bounded = measure_of(config) != Measure::kReconstruction;
    return std::string(bounded ? "Held-out bound" : "Held-out log p(x|z)") +
           (measures_averaged_weights(config) ? ", averaged" : "") + (mean ? ", mean weights" : "");
}

std::string draws_text(const RunConfig& config) {
    switch (measure_of(config)) {
        case Measure::kLowerBound:
            return "one noise sample each" + weights_text(config);
        case Measure::kImportanceWeighted:
            return std::to_string(config.noise_samples) + " noise samples each" +
                   weights_text(config);
        case Measure::kReconstruction:
            return "at the encoder's mean, because there is no bound" + weights_text(config);
        case Measure::kNothing:
            break;
    }
    return "not measured, because there is no encoder";
}

std::string no_bound_text(const RunConfig& config) {
    if (has_encoder(config)) return "This estimator has no bound: see Reconstruction.";
    return "This estimator has no encoder, so held-out images have no bound: see Reconstruction "
           "for the training images. For a saved run with at most " +
           std::to_string(eval::kMostMarginalLatents) +
           " latents, \"elbow eval --marginal\" estimates log p(x).";
}

}  // namespace elbow::run
