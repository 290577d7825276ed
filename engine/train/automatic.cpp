#include "engine/train/automatic.h"

#include "engine/data/datasets.h"
#include "engine/estimator/estimator.h"
#include "engine/optim/optimizer.h"

namespace elbow::train {
namespace {

// Of the data set's images as the run's targets.
bool is_continuous(const RunConfig& config) {
    const data::DatasetEntry* dataset = data::find_entry(config.dataset);
    return dataset != nullptr && dataset->continuous && config.targets == "grey";
}

}  // namespace

model::Likelihood likelihood_of(const RunConfig& config) {
    return model::architecture_of(config, 1, 1, is_continuous(config)).likelihood;
}

bool adds_weight_prior(const RunConfig& config) {
    if (estimator::estimators().at(config.estimator).has_weight_prior) return false;
    return config.weight_prior == "on" ||
           (config.weight_prior == "auto" &&
            optim::optimizers().at(config.optimizer).weight_prior_by_default);
}

std::string gradients_text(const RunConfig& config) {
    if (config.gradients == "fused") return "our kernels on the CPU";
    if (config.gradients == "bfloat16") return "our kernels in bfloat16";
    return config.device == "cuda" ? "LibTorch on cuda:0" : "LibTorch on the CPU";
}

std::string automatic_text(const Option& option, const RunConfig& config) {
    RunConfig automatic = config;
    if (option.member == OptionMember(&RunConfig::likelihood)) {
        automatic.likelihood = "auto";
        return likelihood_of(automatic) == model::Likelihood::kGaussian ? "auto (gaussian)"
                                                                        : "auto (bernoulli)";
    }
    if (option.member == OptionMember(&RunConfig::weight_prior)) {
        automatic.weight_prior = "auto";
        return adds_weight_prior(automatic) ? "auto (on)" : "auto (off)";
    }
    if (option.member == OptionMember(&RunConfig::device)) return "auto (cpu)";
    return "auto";
}

}  // namespace elbow::train
