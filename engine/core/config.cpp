#include "engine/core/config.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>

#include "engine/core/error.h"
#include "engine/core/overloaded.h"

namespace elbow {
namespace {

constexpr double kMostSeed = 9007199254740992.0;  // 2^53: whole in a double and in JSON

std::vector<Option> make_options() {
    return {
        {"dataset",
         "Data set",
         "Data",
         "The images to learn from.",
         &RunConfig::dataset,
         0,
         0,
         {},
         false,
         false},
        {"train-images",
         "Training images",
         "Data",
         "Use only the first so many training images; 0 uses all of them.",
         &RunConfig::train_images,
         0,
         10000000,
         {},
         false,
         false},
        {"latent",
         "Latents",
         "Model",
         "Size N of the latent vector z.",
         &RunConfig::latents,
         1,
         200,
         {},
         false,
         true},
        {"hidden",
         "Hidden units",
         "Model",
         "Units H of the hidden layer in the encoder and in the decoder.",
         &RunConfig::hidden,
         1,
         10000,
         {},
         false,
         true},
        {"activation",
         "Activation",
         "Model",
         "What the hidden units compute; the paper's are tanh.",
         &RunConfig::activation,
         0,
         0,
         {"tanh", "relu"},
         false,
         false},
        {"init",
         "Initial weights",
         "Model",
         "glorot: uniform, scaled by fan-in and fan-out; paper: normal with standard deviation "
         "0.01.",
         &RunConfig::initialisation,
         0,
         0,
         {"glorot", "paper"},
         false,
         false},
        {"estimator",
         "Estimator",
         "Estimator",
         "What the gradient is an estimate of: sgvb_b is the lower bound, its KL in closed form.",
         &RunConfig::estimator,
         0,
         0,
         {"sgvb_b"},
         false,
         false},
        {"noise-samples",
         "Noise samples L",
         "Estimator",
         "Draws of z for each image and step.",
         &RunConfig::noise_samples,
         1,
         100,
         {},
         false,
         true},
        {"gradients",
         "Gradients",
         "Estimator",
         "fused: our kernels, fastest; autograd: LibTorch differentiates, for comparison.",
         &RunConfig::gradients,
         0,
         0,
         {"fused", "autograd"},
         false,
         false},
        {"optimizer",
         "Optimiser",
         "Optimiser",
         "How the weights follow the gradient; the paper's is adagrad.",
         &RunConfig::optimizer,
         0,
         0,
         {"adam", "adagrad", "sgd"},
         false,
         false},
        {"step-size",
         "Step size",
         "Optimiser",
         "How far one update moves the weights.",
         &RunConfig::step_size,
         1e-7,
         10,
         {},
         true,
         true},
        {"batch",
         "Minibatch M",
         "Optimiser",
         "Training images in one update.",
         &RunConfig::minibatch,
         1,
         10000,
         {},
         true,
         true},
        {"weight-prior",
         "Prior on weights",
         "Optimiser",
         "The prior N(0, I) on all weights as a weight decay; auto: with adagrad, as in the paper.",
         &RunConfig::weight_prior,
         0,
         0,
         {"auto", "on", "off"},
         false,
         false},
        {"seed",
         "Seed",
         "Optimiser",
         "Decides the initial weights, the order of the images and the noise.",
         &RunConfig::seed,
         0,
         kMostSeed,
         {},
         false,
         false},
    };
}

const std::vector<Option>& options() {
    static const std::vector<Option> table = make_options();
    return table;
}

std::string number_text(double value) {
    char text[32];
    const auto result =
        std::to_chars(text, text + sizeof text, value);  // the shortest that reads back equal
    return {text, result.ptr};
}

std::string range_text(const Option& option) {
    return number_text(option.minimum) + " to " + number_text(option.maximum);
}

[[noreturn]] void refuse(const Option& option, const std::string& expected,
                         std::string_view found) {
    throw UsageError("--" + std::string(option.name) + ": expected " + expected + ", found '" +
                     std::string(found) + "'.");
}

double parse_number(std::string_view text, bool& whole) {
    double value = 0.0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    whole =
        result.ec == std::errc() && result.ptr == text.data() + text.size() && std::isfinite(value);
    return value;
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

std::string option_text(const RunConfig& config, const Option& option) {
    return std::visit(
        Overloaded{[&](std::string RunConfig::*member) { return config.*member; },
                   [&](double RunConfig::*member) { return number_text(config.*member); },
                   [&](auto member) { return std::to_string(config.*member); }},
        option.member);
}

void set_option_from_text(RunConfig& config, const Option& option, std::string_view text) {
    const auto set_whole = [&](auto member) {
        bool parsed = false;
        const double value = parse_number(text, parsed);
        if (!parsed || value != std::floor(value) || value < option.minimum ||
            value > option.maximum) {
            refuse(option, "a whole number from " + range_text(option), text);
        }
        config.*member = static_cast<std::remove_reference_t<decltype(config.*member)>>(value);
    };
    const auto set_real = [&](double RunConfig::*member) {
        bool parsed = false;
        const double value = parse_number(text, parsed);
        if (!parsed || value < option.minimum || value > option.maximum) {
            refuse(option, "a number from " + range_text(option), text);
        }
        config.*member = value;
    };
    const auto set_text = [&](std::string RunConfig::*member) {
        const auto& choices = option.choices;
        if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
            refuse(option, "one of " + choices_text(option), text);
        }
        config.*member = text;
    };
    std::visit(Overloaded{set_text, set_real, set_whole}, option.member);
}

void check(const RunConfig& config) {
    RunConfig copy = config;
    for (const Option& option : options())
        set_option_from_text(copy, option, option_text(config, option));
}

std::uint64_t parse_count(std::string_view text, std::string_view what) {
    bool parsed = false;
    const double value = parse_number(text, parsed);
    if (!parsed || value != std::floor(value) || value < 0 || value > kMostSeed) {
        throw UsageError(std::string(what) +
                         ": expected a whole number such as 50000 or 1e6, found '" +
                         std::string(text) + "'.");
    }
    return static_cast<std::uint64_t>(value);
}

}  // namespace elbow
