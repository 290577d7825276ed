#include "engine/run/check_run.h"

#include <optional>

#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/core/text.h"
#include "engine/estimator/device.h"
#include "engine/estimator/estimator.h"
#include "engine/fused/architecture.h"
#include "engine/fused/rounded_products.h"
#include "engine/model/families.h"
#include "engine/optim/schedule.h"
#include "engine/run/choices.h"
#include "engine/run/measure.h"
#include "engine/run/spec_of_run.h"

namespace elbow::run {
namespace {

void check_estimator(const RunConfig& config) {
    const estimator::EstimatorEntry& entry = estimator::estimators().at(config.estimator);
    if (entry.has_weight_prior && config.weight_prior == "on") {
        throw UsageError("--weight-prior on: the objective of " + entry.title +
                         " contains the prior on the weights, which would count twice. Leave it "
                         "out.");
    }
    if (!entry.weighs_kl && (config.beta != 1.0 || config.kl_warmup != 0)) {
        throw UsageError(std::string(config.beta != 1.0 ? "--beta" : "--kl-warmup") + ": " +
                         entry.title +
                         " has no KL term to weight. Leave it out, or choose another estimator.");
    }
    if (config.targets == "redrawn" && !has_encoder(config)) {
        throw UsageError("--targets redrawn: " + entry.title +
                         " keeps a code for each image, which would chase targets that change. Use "
                         "--targets binarised or grey.");
    }
    if (config.augment != "off" && !has_encoder(config)) {
        throw UsageError("--augment " + config.augment + ": " + entry.title +
                         " keeps a code for each image, which would chase images that change. "
                         "Leave it out, or choose another estimator.");
    }
    if (const auto* rounded = fused::find_rounded_products(config.gradients)) {
        const std::string option = "--gradients " + config.gradients + ": ";
        if (!has_encoder(config)) {
            throw UsageError(option + entry.title +
                             " spends its time in inference, which is in float32. Use --gradients "
                             "fused.");
        }
        if (!rounded->are_there()) {
            throw UsageError(option + "this processor has no instructions for such products (" +
                             rounded->instructions +
                             "), or the compiler of this program had none. Use --gradients fused.");
        }
    }
}

// Weights, gradients, what an optimiser remembers, and copies for the window and for saving.
constexpr std::uint64_t kBytesPerParameter = 6 * sizeof(float);

void check_memory(const RunConfig& config, const model::ModelSpec& spec) {
    const auto parameters = static_cast<std::uint64_t>(model::ParameterLayout(spec).size());
    const std::uint64_t each =
        kBytesPerParameter +
        ((averages_weights(config) ? 2 : 0) + (keeps_best_weights(config) ? 2 : 0)) * sizeof(float);
    const std::uint64_t needed = parameters * each;
    const std::optional<std::uint64_t> available = available_below(needed);
    if (!available) return;
    throw UsageError("This model has " + std::to_string(parameters) +
                     " parameters, which need about " + bytes_text(needed) +
                     " of memory while they are trained; " + bytes_text(*available) +
                     " are available. Choose a smaller network, or close other programs.");
}

void check_model(const RunConfig& config, const model::ModelSpec& spec) {
    model::check(spec);
    if (model::is_of_grey_alone(spec) && config.targets != "grey") {
        throw UsageError(
            "--targets " + config.targets + ": a " +
            model::entry_of(spec, &model::ModelSpec::likelihood).title +
            " likelihood of black and white pixels has no bound, because its variances go to "
            "zero. Use --targets grey, or --likelihood bernoulli.");
    }
    const bool by_kernels =
        config.gradients == "fused" || fused::find_rounded_products(config.gradients) != nullptr;
    if (by_kernels && !fused::kernel_form(spec)) {
        throw UsageError("--gradients " + config.gradients +
                         ": our own kernels compute the paper's model alone, not this one. Use "
                         "--gradients auto, by which LibTorch does.");
    }
    const estimator::EstimatorEntry& entry = estimator::estimators().at(config.estimator);
    if (entry.needs_density && !model::has_density(spec)) {
        throw UsageError("--estimator " + entry.name +
                         ": it needs the density of q(z|x) at any z, and a " +
                         model::entry_of(spec, &model::ModelSpec::posterior).title +
                         " has one only at its own draws. Use another --posterior or estimator.");
    }
}

void check_schedule(const RunConfig& config) {
    if (has_encoder(config) || !optim::schedules().at(config.schedule).halves_on_a_stall) return;
    throw UsageError("--schedule " + config.schedule + ": " +
                     estimator::estimators().at(config.estimator).title +
                     " has no encoder, so held-out images have no bound that could stall. Use "
                     "another schedule.");
}

void check_weights(const RunConfig& config) {
    if (config.weights == "averaged" && !averages_weights(config)) {
        throw UsageError(
            "--weights averaged: this run averages none. Use --average tail, or leave it out.");
    }
    if (config.weights == "best" && !keeps_best_weights(config)) {
        throw UsageError(
            "--weights best: this run keeps none beside the last ones. Use --keep-best on, and an "
            "estimator with an encoder.");
    }
}

void check_device(const RunConfig& config) {
    if (config.device == "cuda" && config.gradients != "autograd") {
        throw UsageError(
            "--device cuda: the gradients of this run are those of our own kernels, which compute "
            "on the CPU. Leave --device out, or use --gradients autograd.");
    }
    estimator::check_device(config.device);
}

}  // namespace

int train_count_of(const RunConfig& config, const data::Dataset& dataset) {
    if (config.train_images > dataset.train.count) {
        throw UsageError("--train-images: " + dataset.title + " has " +
                         std::to_string(dataset.train.count) + " training images, found " +
                         std::to_string(config.train_images) + ". Use a smaller number, or all.");
    }
    return config.train_images == 0 ? dataset.train.count : config.train_images;
}

void check_run(const RunConfig& config, const data::Dataset& dataset) {
    check(config);
    check_choices(config);
    const int train_count = train_count_of(config, dataset);
    if (config.minibatch > train_count) {
        throw UsageError("--batch: expected at most the " + std::to_string(train_count) +
                         " training images there are, found " + std::to_string(config.minibatch) +
                         ".");
    }
    check_model(config, spec_of(config, dataset));
    check_estimator(config);
    check_schedule(config);
    check_weights(config);
    check_device(config);
}

void check_new_run(const RunConfig& config, const data::Dataset& dataset) {
    check_run(config, dataset);
    check_memory(config, spec_of(config, dataset));
}

RunConfig with_estimator(RunConfig config, const std::string& estimator) {
    const estimator::EstimatorEntry& entry = estimator::estimators().at(estimator);
    config.estimator = estimator;
    if (!has_encoder(config)) {
        if (fused::find_rounded_products(config.gradients) != nullptr) config.gradients = "auto";
        if (config.targets == "redrawn") config.targets = "binarised";
        config.augment = "off";
        if (config.weights == "best") config.weights = "auto";
        if (optim::schedules().at(config.schedule).halves_on_a_stall) config.schedule = "constant";
    }
    if (entry.has_weight_prior && config.weight_prior == "on") config.weight_prior = "auto";
    if (!entry.weighs_kl) {
        config.beta = 1.0;
        config.kl_warmup = 0;
    }
    return config;
}

std::pair<RunConfig, RunConfig> race_against(const RunConfig& config,
                                             const std::string& estimator) {
    std::pair<RunConfig, RunConfig> race{config, with_estimator(config, estimator)};
    race.first.targets = race.second.targets;
    race.first.augment = race.second.augment;
    return race;
}

}  // namespace elbow::run
