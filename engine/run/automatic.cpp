#include "engine/run/automatic.h"

#include "engine/data/datasets.h"
#include "engine/estimator/estimator.h"
#include "engine/fused/architecture.h"
#include "engine/fused/fastest_precision.h"
#include "engine/fused/rounded_products.h"
#include "engine/optim/optimizer.h"
#include "engine/run/measure.h"
#include "engine/run/spec_of_run.h"

namespace elbow::run {
namespace {

// Of the data set's images as the run's targets.
bool is_continuous(const RunConfig& config) {
    const auto dataset = data::find_entry(config.dataset);
    return dataset && dataset->continuous && config.targets == "grey";
}

}  // namespace

std::string likelihood_of(const RunConfig& config) {
    return elbow::likelihood_of(config, is_continuous(config));
}

bool adds_weight_prior(const RunConfig& config) {
    if (estimator::estimators().at(config.estimator).has_weight_prior) return false;
    return config.weight_prior == "on" ||
           (config.weight_prior == "auto" &&
            optim::optimizers().at(config.optimizer).weight_prior_by_default);
}

std::string resolved_gradients(const RunConfig& config) {
    const bool fastest = config.gradients == "fastest";
    if (config.gradients != "auto" && !fastest) return config.gradients;
    const model::ModelSpec spec = spec_of(config, {}, is_continuous(config), 1);
    if (!fused::kernel_form(spec)) return "autograd";
    if (!fastest || !has_encoder(config)) return "fused";
    const auto* rounded = fused::find_rounded_products(fused::fastest_precision());
    return rounded != nullptr ? rounded->name : "fused";
}

std::string gradients_text(const RunConfig& config) {
    const std::string gradients = resolved_gradients(config);
    if (gradients == "fused") return "our kernels on the CPU";
    if (fused::find_rounded_products(gradients) != nullptr) return "our kernels in " + gradients;
    if (config.device != "cuda") return "LibTorch on the CPU";
    const bool whole_steps = !estimator::estimators().at(config.estimator).of_parts;
    return whole_steps ? "LibTorch on cuda:0, whole steps"
                       : "LibTorch on cuda:0, updates on the CPU";
}

std::string choice_text(const Option& option, const Choice& choice, const RunConfig& config) {
    RunConfig automatic = config;
    if (option.member == OptionMember(&RunConfig::gradients) && choice.name == "fastest") {
        automatic.gradients = choice.name;
        return "fastest (" + resolved_gradients(automatic) + ")";
    }
    if (choice.name != "auto") return choice.title;
    if (option.member == OptionMember(&RunConfig::likelihood)) {
        automatic.likelihood = "auto";
        return "auto (" + likelihood_of(automatic) + ")";
    }
    if (option.member == OptionMember(&RunConfig::weight_prior)) {
        automatic.weight_prior = "auto";
        return adds_weight_prior(automatic) ? "auto (on)" : "auto (off)";
    }
    if (option.member == OptionMember(&RunConfig::gradients)) {
        automatic.gradients = "auto";
        return "auto (" + resolved_gradients(automatic) + ")";
    }
    if (option.member == OptionMember(&RunConfig::weights))
        return averages_weights(config) ? "auto (averaged)" : "auto (live)";
    if (option.member == OptionMember(&RunConfig::device)) return "auto (cpu)";
    return "auto";
}

}  // namespace elbow::run
