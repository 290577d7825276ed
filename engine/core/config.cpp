#include "engine/core/config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/overloaded.h"
#include "engine/core/suggestion.h"
#include "engine/core/text.h"

namespace elbow {
namespace {

constexpr auto kMostSeed = static_cast<double>(kMostCount);  // whole in a double and in JSON

constexpr int kMostSamples = 2'000'000'000;

Option text(const char* name, const char* title, const char* section, const char* help,
            std::string RunConfig::*member, std::vector<std::string_view> choices) {
    return {name, title, section, help, member, 0, 0, std::move(choices), false, false};
}

// A name out of a list that another room keeps.
Option listed(const char* name, const char* title, const char* section, const char* help,
              std::string RunConfig::*member) {
    return text(name, title, section, help, member, {});
}

struct Range {
    double minimum, maximum;
    bool logarithmic = false;
};

Option number(const char* name, const char* title, const char* section, const char* help,
              OptionMember member, Range range) {
    return {name,          title,         section, help,  member,
            range.minimum, range.maximum, {},      false, range.logarithmic};
}

Option live(Option option) {
    option.live = true;
    return option;
}

Option of_machine(Option option) {
    option.of_machine = true;
    return option;
}

Option essential(Option option) {
    option.essential = true;
    return option;
}

Option zero_called(const char* word, Option option) {
    option.zero_word = word;
    return option;
}

std::vector<Option> data_and_model_options() {
    return {
        essential(listed("dataset", "Data set", "Data", "The images to learn from.",
                         &RunConfig::dataset)),
        zero_called("all", number("train-images", "Training images", "Data",
                                  "Use only the first so many training images.",
                                  &RunConfig::train_images, {0, 1e7})),
        text("targets", "Targets", "Data",
             "What the decoder has to predict. grey: the grey values themselves; binarised: black "
             "or white, drawn once with the grey value as probability; redrawn: drawn anew each "
             "time.",
             &RunConfig::targets, {"grey", "binarised", "redrawn"}),
        essential(number("latent", "Latents", "Model", "Dimensions of the latent vector z.",
                         &RunConfig::latents, {1, 200, true})),
        essential(number("hidden", "Hidden units", "Model",
                         "Units H of the hidden layer in the encoder and in the decoder.",
                         &RunConfig::hidden, {1, 10000, true})),
        text("activation", "Activation", "Model",
             "What the hidden units compute; the paper's are tanh.", &RunConfig::activation,
             {"tanh", "relu"}),
        text("likelihood", "Likelihood", "Model",
             "The decoder's p(x|z). bernoulli: for digits; gaussian: mean and variance of each "
             "pixel, for photographs; auto: what suits the data set.",
             &RunConfig::likelihood, {"auto", "bernoulli", "gaussian"}),
        text("variance-floor", "Variance floor", "Model",
             "With a Gaussian likelihood: keeps each pixel's variance above that of rounding to "
             "256 grey values (1/12 of a step squared), below which a density means nothing.",
             &RunConfig::variance_floor, {"on", "off"}),
        text("init", "Initial weights", "Model",
             "glorot: uniform, scaled by fan-in and fan-out; paper: normal, all alike.",
             &RunConfig::initialisation, {"glorot", "paper"}),
        number("init-std", "Initial deviation", "Model",
               "Standard deviation of the paper's initial weights. The paper's N(0, 0.01) names "
               "either the variance (0.1 here) or the deviation itself (0.01).",
               &RunConfig::initial_std, {1e-4, 10, true}),
    };
}

std::vector<Option> training_options() {
    return {
        essential(listed("estimator", "Estimator", "Estimator", "What the weights learn from.",
                         &RunConfig::estimator)),
        number("noise-samples", "Noise samples L", "Estimator",
               "Draws of z for each image and step; for the importance-weighted bound, its k.",
               &RunConfig::noise_samples, {1, 100, true}),
        live(number("beta", "Beta", "Estimator",
                    "Weight of the KL in the objective; 1 gives the lower bound. The bound that is "
                    "shown is never weighted.",
                    &RunConfig::beta, {0, 100})),
        number("kl-warmup", "KL warm-up", "Estimator",
               "Training images over which the weight of the KL grows from 0 to beta.",
               &RunConfig::kl_warmup, {0, kMostSamples}),
        text("gradients", "Gradients", "Estimator",
             "fused: Elbow's own kernels, fast and exact; bfloat16: the same with the inputs of "
             "matrix products rounded to 8 bits of mantissa, faster where the processor has "
             "instructions for it; autograd: LibTorch differentiates, for comparison, with sgvb_b, "
             "sgvb_a and wake_sleep.",
             &RunConfig::gradients, {"fused", "bfloat16", "autograd"}),
        of_machine(text("device", "Device", "Estimator",
                        "Where gradients are computed. auto and cpu: the processor; cuda: a "
                        "graphics card, by LibTorch (gradients autograd), where it has CUDA.",
                        &RunConfig::device, {"auto", "cpu", "cuda"})),
        listed("optimizer", "Optimiser", "Optimiser",
               "How the weights follow the gradient; the paper's is adagrad.",
               &RunConfig::optimizer),
        essential(live(number("step-size", "Step size", "Optimiser",
                              "How far one update moves the weights.", &RunConfig::step_size,
                              {1e-7, 10, true}))),
        essential(live(number("batch", "Minibatch M", "Optimiser", "Training images in one update.",
                              &RunConfig::minibatch, {1, 10000, true}))),
        text("weight-prior", "Prior on weights", "Optimiser",
             "The prior N(0, I) on all weights as a weight decay; auto: with adagrad, as in the "
             "paper.",
             &RunConfig::weight_prior, {"auto", "on", "off"}),
        number("warmup-steps", "Adagrad warm-up", "Optimiser",
               "First updates in which Adagrad only gathers squared gradients; the paper's author "
               "used 100, plain Adagrad has none.",
               &RunConfig::warmup_steps, {0, 10000}),
        number("seed", "Seed", "Optimiser",
               "Decides the initial weights, the order of the images and the noise.",
               &RunConfig::seed, {0, kMostSeed}),
    };
}

std::vector<Option> make_options() {
    std::vector<Option> all = data_and_model_options();
    for (Option& option : training_options()) all.push_back(std::move(option));
    return all;
}

const std::vector<Option>& options() {
    static const std::vector<Option> table = make_options();
    return table;
}

[[noreturn]] void refuse(const Option& option, const std::string& expected, std::string_view found,
                         const std::string& advice = {}) {
    throw UsageError("--" + std::string(option.name) + ": expected " + expected + ", found '" +
                     std::string(found) + "'." + advice);
}

std::string choices_text(const Option& option) {
    std::string joined;
    for (const std::string_view choice : option.choices) {
        if (!joined.empty()) joined += ", ";
        joined += choice;
    }
    return joined;
}

}  // namespace

std::span<const Option> run_options() { return options(); }

const Option* find_run_option(std::string_view name) {
    const auto found = std::find_if(options().begin(), options().end(),
                                    [&](const Option& option) { return option.name == name; });
    return found == options().end() ? nullptr : &*found;
}

// "2e9" rather than "2e+09".
std::string bound_text(double value) {
    std::string text = exact_text(value);
    const std::size_t e = text.find('e');
    if (e == std::string::npos) return text;
    std::size_t digits = e + 1;
    const bool negative = text[digits] == '-';
    digits = text.find_first_not_of("+-0", digits);
    return text.substr(0, e + 1) + (negative ? "-" : "") + text.substr(digits);
}

std::string option_range_text(const Option& option) {
    const bool has_word = option.zero_word != nullptr;  // in the place of 0
    return bound_text(has_word ? 1 : option.minimum) + " to " + bound_text(option.maximum) +
           (has_word ? std::string(", or ") + option.zero_word : "");
}

std::string option_text(const RunConfig& config, const Option& option) {
    std::string text =
        std::visit(Overloaded{[&](std::string RunConfig::*member) { return config.*member; },
                              [&](double RunConfig::*member) { return exact_text(config.*member); },
                              [&](auto member) { return std::to_string(config.*member); }},
                   option.member);
    return option.zero_word != nullptr && text == "0" ? option.zero_word : text;
}

void set_option_from_text(RunConfig& config, const Option& option, std::string_view text) {
    const auto set_whole = [&](auto member) {
        std::optional<double> value = read_number(text);
        if (option.zero_word != nullptr && trimmed(text) == option.zero_word) value = 0.0;
        if (!value || *value != std::floor(*value) || *value < option.minimum ||
            *value > option.maximum) {
            refuse(option, "a whole number from " + option_range_text(option), text);
        }
        config.*member = static_cast<std::remove_reference_t<decltype(config.*member)>>(*value);
    };
    const auto set_real = [&](double RunConfig::*member) {
        const std::optional<double> value = read_number(text);
        if (!value || *value < option.minimum || *value > option.maximum) {
            refuse(option, "a number from " + option_range_text(option), text);
        }
        config.*member = *value;
    };
    const auto set_text = [&](std::string RunConfig::*member) {
        const std::vector<std::string> choices(option.choices.begin(), option.choices.end());
        const std::string choice(trimmed(text));
        if (!choices.empty() && std::find(choices.begin(), choices.end(), choice) == choices.end())
            refuse(option, "one of " + choices_text(option), text, did_you_mean(choice, choices));
        config.*member = choice;
    };
    std::visit(Overloaded{set_text, set_real, set_whole}, option.member);
}

void check(const RunConfig& config) {
    RunConfig copy = config;
    for (const Option& option : options())
        set_option_from_text(copy, option, option_text(config, option));
}

std::uint64_t parse_count(std::string_view text, std::string_view what, std::uint64_t minimum,
                          std::uint64_t maximum) {
    const std::optional<double> value = read_number(text);
    const auto refuse = [&](const std::string& expected) {
        throw UsageError(std::string(what) + ": expected a whole number " + expected + ", found '" +
                         std::string(text) + "'.");
    };
    if (!value || *value != std::floor(*value)) refuse("such as 50000 or 1e6");
    if (*value < static_cast<double>(minimum) || *value > static_cast<double>(maximum))
        refuse("from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return static_cast<std::uint64_t>(*value);
}

}  // namespace elbow
