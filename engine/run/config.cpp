#include "engine/run/config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/core/error.h"
#include "engine/core/overloaded.h"
#include "engine/core/parse_count.h"
#include "engine/core/suggestion.h"
#include "engine/core/text.h"
#include "engine/model/families.h"

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
    return {name,          title,         section, help,  std::move(member),
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
             "What the decoder has to predict. grey: the grey values or colours themselves; "
             "binarised: black "
             "or white, drawn once with the grey value as probability; redrawn: drawn anew each "
             "time.",
             &RunConfig::targets, {"grey", "binarised", "redrawn"}),
        live(text("augment", "Augmentation", "Data",
                  "Varies each training image each time it is learned from, which helps where "
                  "there are few. shifts: by up to a sixteenth of each side; flips: half of them "
                  "are mirrored. The training bound is that of the varied images.",
                  &RunConfig::augment, {"off", "shifts", "flips", "both"})),
        essential(number("latent", "Latents", "Model", "Dimensions of the latent vector z.",
                         &RunConfig::latents, {1, 200, true})),
        essential(number("hidden", "Hidden units", "Model",
                         "Units H of the hidden layer in the encoder and in the decoder.",
                         &RunConfig::hidden, {1, 10000, true})),
        text("activation", "Activation", "Model",
             "What the hidden units compute; the paper's are tanh.", &RunConfig::activation,
             {"tanh", "relu", "gelu", "silu"}),
        listed("network", "Network", "Model", "What encoder and decoder are made of.",
               &RunConfig::network),
        listed("posterior", "Posterior", "Model", "The encoder's q(z|x) of an image.",
               &RunConfig::posterior),
        listed("prior", "Prior", "Model", "p(z), what the codes are drawn towards.",
               &RunConfig::prior),
        listed("likelihood", "Likelihood", "Model",
               "The decoder's p(x|z); auto: what suits the data set.", &RunConfig::likelihood),
        listed("condition", "Condition", "Model",
               "What encoder and decoder are told beside the image.", &RunConfig::condition),
        text("variance-floor", "Variance floor", "Model",
             "With a Gaussian likelihood: keeps each pixel's variance above that of rounding to "
             "256 grey values (1/12 of a step squared), below which a density means nothing.",
             &RunConfig::variance_floor, {"on", "off"}),
        text("init", "Initial weights", "Model",
             "glorot: uniform, scaled by fan-in and fan-out; mean: half as wide, and what is "
             "decoded first is the mean of the training images; paper: normal, all alike.",
             &RunConfig::initialisation, {"glorot", "mean", "paper"}),
        number("init-std", "Initial deviation", "Model",
               "Standard deviation of the paper's initial weights. The paper's N(0, 0.01) names "
               "either the variance (0.1 here) or the deviation itself (0.01).",
               &RunConfig::initial_std, {1e-4, 10, true}),
    };
}

std::vector<Option> estimator_options() {
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
             "fused: Elbow's own kernels, fast and exact, for the paper's network; bfloat16: the "
             "same with the inputs of matrix products rounded to 8 bits of mantissa; float16: to "
             "11 bits, and sums of 64 products as well; autograd: LibTorch differentiates, any "
             "model; auto: fused where it serves; fastest: the same, but bfloat16 or float16 on "
             "processors of a kind that was measured to be faster with it.",
             &RunConfig::gradients,
             {"auto", "fastest", "fused", "bfloat16", "float16", "autograd"}),
        of_machine(
            text("device", "Device", "Estimator",
                 "Where steps are made. auto and cpu: the processor; cuda: a graphics card, by "
                 "LibTorch (gradients autograd), where it has CUDA.",
                 &RunConfig::device, {"auto", "cpu", "cuda"})),
    };
}

std::vector<Option> optimiser_options() {
    return {
        listed("optimizer", "Optimiser", "Optimiser",
               "How the weights follow the gradient; the paper's is adagrad.",
               &RunConfig::optimizer),
        essential(live(number("step-size", "Step size", "Optimiser",
                              "How far one update moves the weights.", &RunConfig::step_size,
                              {1e-7, 10, true}))),
        live(listed("schedule", "Schedule", "Optimiser", "How the step size changes along the run.",
                    &RunConfig::schedule)),
        live(zero_called(
            "auto", number("schedule-images", "Schedule length", "Optimiser",
                           "Training images after which the schedule has run its course. auto: as "
                           "long as elbow train has to train, in the window ten epochs.",
                           &RunConfig::schedule_images, {0, kMostSamples}))),
        live(number("stall", "Stall", "Optimiser",
                    "Evaluations in a row without a better held-out bound that count as a stall.",
                    &RunConfig::stall, {1, 10000})),
        live(number("step-size-warmup", "Step size warm-up", "Optimiser",
                    "Training images over which the step size grows from almost 0.",
                    &RunConfig::step_size_warmup, {0, kMostSamples})),
        essential(live(number("batch", "Minibatch M", "Optimiser", "Training images in one update.",
                              &RunConfig::minibatch, {1, 10000, true}))),
        listed("average", "Averaged weights", "Optimiser",
               "A mean of the weights along the run, which is better than the last of them where "
               "steps are noisy.",
               &RunConfig::average),
        number("average-span", "Average's span", "Optimiser",
               "Updates that an exponential average reaches back.", &RunConfig::average_span,
               {1, 1e7, true}),
        number("average-part", "Average's part", "Optimiser",
               "The last part of the run that a tail average is over, where 1 is all of it.",
               &RunConfig::average_part, {0.001, 1, true}),
        text("keep-best", "Keep the best", "Optimiser",
             "Keeps a copy of the weights with the best held-out bound beside the last ones.",
             &RunConfig::keep_best, {"on", "off"}),
        live(text("weights", "Weights shown", "Optimiser",
                  "What is explored, saved and exported. live: the last ones, which training goes "
                  "on from in any case; averaged: their mean along the run; best: those with the "
                  "best held-out bound so far; auto: the mean where there is one.",
                  &RunConfig::weights, {"auto", "live", "averaged", "best"})),
        live(zero_called("auto",
                         number("evaluate-every", "Evaluate every", "Optimiser",
                                "Training images between two looks at all held-out ones, and a few "
                                "more at the start. auto: ten for each held-out image.",
                                &RunConfig::evaluate_every, {0, kMostSamples}))),
        live(zero_called("endless",
                         number("patience", "Patience", "Optimiser",
                                "Evaluations without a better held-out bound after which training "
                                "stops.",
                                &RunConfig::patience, {0, 10000}))),
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

Option of_member(const model::MemberOption& from) {
    Option option{
        from.name,    from.title,   "Model",      from.help, OfMember{from.name, from.usual},
        from.minimum, from.maximum, from.choices, false,     from.logarithmic};
    return option;
}

// Those that the parts' members bring along; of one that two have, the first is taken.
void add_options_of_members(std::vector<Option>& all) {
    for (const model::Family& family : model::families()) {
        for (const model::MemberEntry& entry : family.members) {
            for (const model::MemberOption& each : entry.options) {
                const auto has_name = [&](const Option& option) {
                    return std::string_view(option.name) == each.name;
                };
                if (std::none_of(all.begin(), all.end(), has_name)) all.push_back(of_member(each));
            }
        }
    }
}

std::vector<Option> make_options() {
    std::vector<Option> all = data_and_model_options();
    add_options_of_members(all);
    for (Option& option : estimator_options()) all.push_back(std::move(option));
    for (Option& option : optimiser_options()) all.push_back(std::move(option));
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

RunValue Option::value(const RunConfig& config) const {
    return std::visit(
        Overloaded{[&](std::string RunConfig::*of) -> RunValue { return config.*of; },
                   [&](double RunConfig::*of) -> RunValue { return config.*of; },
                   [&](const OfMember& of) -> RunValue {
                       const auto found = config.of_members.find(std::string_view(of.name));
                       return std::visit(
                           Overloaded{[](int whole) -> RunValue { return std::int64_t{whole}; },
                                      [](const auto& other) -> RunValue { return other; }},
                           found == config.of_members.end() ? of.usual : found->second);
                   },
                   [&](auto of) -> RunValue { return static_cast<std::int64_t>(config.*of); }},
        member);
}

void Option::set(RunConfig& config, const RunValue& to) const {
    const auto set_whole = [&](auto of) {
        config.*of =
            static_cast<std::remove_reference_t<decltype(config.*of)>>(std::get<std::int64_t>(to));
    };
    const auto set_of_member = [&](const OfMember& of) {
        model::OptionValue kept = of.usual;
        if (std::holds_alternative<int>(kept)) {
            kept = static_cast<int>(std::get<std::int64_t>(to));
        } else if (std::holds_alternative<double>(kept)) {
            kept = std::get<double>(to);
        } else {
            kept = std::get<std::string>(to);
        }
        config.of_members.erase(of.name);
        if (kept != of.usual) config.of_members.emplace(of.name, kept);
    };
    std::visit(
        Overloaded{[&](std::string RunConfig::*of) { config.*of = std::get<std::string>(to); },
                   [&](double RunConfig::*of) { config.*of = std::get<double>(to); }, set_of_member,
                   set_whole},
        member);
}

bool Option::is_text() const {
    const auto* of = std::get_if<OfMember>(&member);
    return of != nullptr ? std::holds_alternative<std::string>(of->usual)
                         : std::holds_alternative<std::string RunConfig::*>(member);
}

bool Option::is_real() const {
    const auto* of = std::get_if<OfMember>(&member);
    return of != nullptr ? std::holds_alternative<double>(of->usual)
                         : std::holds_alternative<double RunConfig::*>(member);
}

std::string option_text(const RunConfig& config, const Option& option) {
    const std::string text =
        std::visit(Overloaded{[](const std::string& word) { return word; },
                              [](double number) { return exact_text(number); },
                              [](std::int64_t whole) { return std::to_string(whole); }},
                   option.value(config));
    return option.zero_word != nullptr && text == "0" ? option.zero_word : text;
}

void set_option_from_text(RunConfig& config, const Option& option, std::string_view text) {
    if (option.is_text()) {
        const std::vector<std::string> choices(option.choices.begin(), option.choices.end());
        const std::string choice(trimmed(text));
        if (!choices.empty() && std::find(choices.begin(), choices.end(), choice) == choices.end())
            refuse(option, "one of " + choices_text(option), text, did_you_mean(choice, choices));
        return option.set(config, choice);
    }
    std::optional<double> value = read_number(text);
    const bool real = option.is_real();
    if (!real && option.zero_word != nullptr && trimmed(text) == option.zero_word) value = 0.0;
    const bool fits = value && (real || *value == std::floor(*value)) && *value >= option.minimum &&
                      *value <= option.maximum;
    if (!fits) {
        refuse(option,
               (real ? "a number from " : "a whole number from ") + option_range_text(option),
               text);
    }
    if (real) return option.set(config, *value);
    option.set(config, static_cast<std::int64_t>(*value));
}

void check(const RunConfig& config) {
    RunConfig copy = config;
    for (const Option& option : options())
        set_option_from_text(copy, option, option_text(config, option));
}

}  // namespace elbow
