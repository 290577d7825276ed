#include "engine/run/applicable.h"

#include "engine/core/version.h"
#include "engine/estimator/estimator.h"
#include "engine/model/families.h"
#include "engine/optim/average.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/schedule.h"
#include "engine/run/automatic.h"
#include "engine/run/measure.h"

namespace elbow::run {
namespace {

// Of an option that members bring along or read: those that do, and whether one is chosen.
std::string of_member(const Option& option, const RunConfig& config) {
    std::string owners;
    for (const model::Family& family : model::families()) {
        const std::string chosen = family.part == &model::ModelSpec::likelihood
                                       ? likelihood_of(config)
                                       : option_text(config, *find_run_option(family.name));
        for (const model::MemberEntry& entry : family.members) {
            if (!model::reads(entry, option.name)) continue;
            if (entry.name == chosen) return {};
            owners +=
                (owners.empty() ? "--" : ", --") + std::string(family.name) + " " + entry.name;
        }
    }
    return owners.empty() ? "" : "Only with " + owners + ".";
}

// Of an option that one schedule or one average brings along.
std::string of_step(const Option& option, const RunConfig& config) {
    const optim::ScheduleEntry& schedule = optim::schedules().at(config.schedule);
    if (option.member == OptionMember(&RunConfig::schedule_images) && schedule.part == nullptr)
        return "This schedule has no length.";
    if (option.member == OptionMember(&RunConfig::stall) && !schedule.halves_on_a_stall)
        return "Only with --schedule stall.";
    const auto& entry = optim::averages().at(config.average);
    if (option.member == OptionMember(&RunConfig::average_span) && entry.name != "exponential")
        return "Only with --average exponential.";
    if (option.member == OptionMember(&RunConfig::average_part) && entry.name != "tail")
        return "Only with --average tail.";
    return {};
}

std::string of_model(const Option& option, const RunConfig& config) {
    if (option.member == OptionMember(&RunConfig::targets) && config.likelihood == "gaussian") {
        return "A Gaussian likelihood describes grey values: black and white pixels have none.";
    }
    if (option.member == OptionMember(&RunConfig::initial_std) &&
        config.initialisation != "paper") {
        return "Only the paper's initial weights have a deviation to choose.";
    }
    return {};
}

std::string of_estimator(const Option& option, const RunConfig& config) {
    const estimator::EstimatorEntry& entry = estimator::estimators().at(config.estimator);
    const bool of_best = option.member == OptionMember(&RunConfig::keep_best) ||
                         option.member == OptionMember(&RunConfig::patience);
    if (of_best && !has_encoder(config))
        return entry.title + " has no encoder, so held-out images have no bound.";
    if (option.member == OptionMember(&RunConfig::augment) && !has_encoder(config))
        return entry.title + " keeps a code for each image, which would chase images that change.";
    if (option.member == OptionMember(&RunConfig::noise_samples) && entry.no_noise != nullptr) {
        return entry.no_noise;
    }
    const bool weighs = option.member == OptionMember(&RunConfig::beta) ||
                        option.member == OptionMember(&RunConfig::kl_warmup);
    if (weighs && !entry.weighs_kl) return entry.title + " has no KL term to weight.";
    if (option.member == OptionMember(&RunConfig::weight_prior) && entry.has_weight_prior) {
        return "The objective of " + entry.title + " contains the prior on the weights already.";
    }
    return {};
}

std::string of_machine(const Option& option) {
    if (option.member != OptionMember(&RunConfig::device) || torch_has_cuda()) return {};
    return "The LibTorch on this computer was built without CUDA.";
}

std::string of_optimizer(const Option& option, const RunConfig& config) {
    const optim::OptimizerEntry& entry = optim::optimizers().at(config.optimizer);
    if (option.member == OptionMember(&RunConfig::warmup_steps) && !entry.has_warmup) {
        return entry.title + " has no warm-up: it moves the weights from the first update on.";
    }
    return {};
}

}  // namespace

std::string not_applicable_because(const Option& option, const RunConfig& config) {
    for (std::string reason :
         {of_member(option, config), of_step(option, config), of_model(option, config),
          of_estimator(option, config), of_optimizer(option, config), of_machine(option)}) {
        if (!reason.empty()) return reason;
    }
    return {};
}

bool is_of_another_member(const Option& option, const RunConfig& config) {
    return !of_member(option, config).empty() || !of_step(option, config).empty();
}

}  // namespace elbow::run
