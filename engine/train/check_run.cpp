#include "engine/train/check_run.h"

#include "engine/core/error.h"
#include "engine/estimator/device.h"
#include "engine/estimator/estimator.h"
#include "engine/model/architecture.h"
#include "engine/model/bfloat16.h"
#include "engine/train/choices.h"
#include "engine/train/held_out.h"

namespace elbow::train {
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
    if (config.gradients == "bfloat16") {
        if (!has_encoder(config)) {
            throw UsageError("--gradients bfloat16: " + entry.title +
                             " spends its time in inference, which is in float32. Use --gradients "
                             "fused.");
        }
        if (!model::has_bfloat16_products()) {
            throw UsageError(
                "--gradients bfloat16: this processor has no instructions for such products "
                "(AVX-512 BF16), and would be slower with them. Use --gradients fused.");
        }
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
    const model::Architecture architecture =
        model::architecture_of(config, dataset.height, dataset.width, dataset.continuous);
    if (architecture.likelihood == model::Likelihood::kGaussian && config.targets != "grey") {
        throw UsageError(
            "--targets " + config.targets +
            ": a Gaussian likelihood of black and white pixels has no bound, because its variances "
            "go to zero. Use --targets grey, or --likelihood bernoulli.");
    }
    check_estimator(config);
    check_device(config);
}

RunConfig with_estimator(RunConfig config, const std::string& estimator) {
    const estimator::EstimatorEntry& entry = estimator::estimators().at(estimator);
    config.estimator = estimator;
    if (entry.autograd_factory == nullptr) config.device = "auto";
    if (config.gradients == "autograd" && entry.autograd_factory == nullptr) {
        config.gradients = "fused";
    }
    if (!has_encoder(config)) {
        if (config.gradients == "bfloat16") config.gradients = "fused";
        if (config.targets == "redrawn") config.targets = "binarised";
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
    return race;
}

}  // namespace elbow::train
