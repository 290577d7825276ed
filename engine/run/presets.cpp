#include "engine/run/presets.h"

#include <algorithm>

#include "engine/run/automatic.h"
#include "engine/run/choices.h"
#include "engine/run/paper.h"

namespace elbow::run {
namespace {

// What presets decide, in the order in which a person reads it.
constexpr std::string_view kOfPresets[] = {
    "activation", "optimizer",    "step-size",    "step-size-warmup", "schedule",
    "average",    "average-span", "average-part", "weight-prior",     "warmup-steps",
    "init",       "init-std",     "gradients"};

constexpr int kFewLatents = 5;

// What presets decide, as `set` has it, for a run whose other options are `config`'s. Gradients
// that somebody has asked for by name stay: not every model and every device has others.
PresetValues values_of(RunConfig set, const RunConfig& config) {
    const bool asked = config.gradients != "auto" && config.gradients != "fastest";
    if (asked) set.gradients = config.gradients;
    PresetValues values;
    for (const std::string_view name : kOfPresets)
        values.emplace_back(name, option_text(set, *find_run_option(name)));
    return values;
}

PresetValues plain_values(const RunConfig& config) { return values_of({}, config); }

// Estimators that learn by the gradients of a bound of the whole network. The others have rules of
// their own, for which nothing was measured.
bool climbs_a_bound(const RunConfig& config) {
    return config.estimator == "sgvb_b" || config.estimator == "sgvb_a" ||
           config.estimator == "iwae" || config.estimator == "autoencoder";
}

// docs/speed-to-bound.md has what each of them gives. A constant step needs no length to be known
// beforehand; the mean of the weights over the last part of the run takes out the noise that a
// falling step would.
PresetValues quick_values(const RunConfig& config) {
    RunConfig quick;
    const bool bernoulli = likelihood_of(config) == "bernoulli";
    const bool deep = bernoulli && (config.network == "mlp" || config.network == "conv");
    if (!climbs_a_bound(config) || !(config.network == "paper" || deep))
        return values_of(quick, config);
    quick.activation = "relu";
    quick.step_size = deep ? 0.002 : 0.003;
    quick.step_size_warmup = 20'000;
    quick.average = "tail";
    if (!deep) quick.gradients = "fastest";  // LibTorch has one way alone
    if (bernoulli) {                         // a Gaussian gets less far with these
        quick.initialisation = "mean";
        quick.optimizer = "nadam";
        quick.step_size_warmup = 5'000;
        // Better with 2, 3 and 5 latents, no better with 20.
        if (!deep && config.latents <= kFewLatents) quick.step_size = 0.005;
    }
    return values_of(quick, config);
}

// The settings of the paper's figure where the run is of one of its models, else those of figure 2.
PresetValues paper_values(const RunConfig& config) {
    const PaperMethod* method = find_paper_method("aevb");
    const auto model_of = [](const std::string& name) { return parse_paper_model(name); };
    auto model = model_of(config.dataset + "-" + std::to_string(std::max(1, config.latents)));
    if (!model) model = model_of("mnist-20");
    return values_of(paper_config(*model, *method), config);
}

}  // namespace

const Registry<Preset>& presets() {
    static const Registry<Preset> list(
        "preset",
        {
            {"quick", "Quick", "A good model in the least time.", quick_values},
            {"plain", "Plain", "Adam with a constant step size, tanh, no averaging.", plain_values},
            {"paper", "Paper", "As it was done in 2013: Adagrad, tanh, N(0, 0.01) to begin with.",
             paper_values},
        });
    return list;
}

const Preset& usual_preset() { return presets().at("quick"); }

RunConfig with_preset(const Preset& preset, const RunConfig& config) {
    return with_preset(preset, config, {});
}

RunConfig with_preset(const Preset& preset, const RunConfig& config,
                      const std::vector<const Option*>& chosen) {
    RunConfig result = config;
    for (const auto& [name, value] : preset.values(config)) {
        const Option* option = find_run_option(name);
        if (std::find(chosen.begin(), chosen.end(), option) == chosen.end())
            set_option_from_text(result, *option, value);
    }
    return result;
}

RunConfig usual_config(const RunConfig& config) {
    RunConfig others = config;
    others.gradients =
        RunConfig{}.gradients;  // or those that were asked for would be the usual ones
    RunConfig usual;
    for (const auto& [name, value] : usual_preset().values(others))
        set_option_from_text(usual, *find_run_option(name), value);
    return usual;
}

const Preset* preset_of(const RunConfig& config) {
    for (const Preset& preset : presets()) {
        RunConfig set = with_preset(preset, config);
        set.gradients = config.gradients;  // how they are computed changes no method
        if (set == config) return &preset;
    }
    return nullptr;
}

std::string preset_text(const Preset& preset, const RunConfig& config) {
    const RunConfig plain = with_preset(presets().at("plain"), config);
    const RunConfig set = with_preset(preset, config);
    std::string text;
    for (const auto& [name, value] : preset.values(config)) {
        const Option& option = *find_run_option(name);
        if (value != option_text(plain, option))
            text += (text.empty() ? "" : ", ") + setting_text(set, option);
    }
    return text;
}

}  // namespace elbow::run
