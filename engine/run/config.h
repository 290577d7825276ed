#pragma once

// Everything that decides what a run computes, and every option once, as data: the command line,
// run.json and the window's controls are all made from run_options().

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/model/spec.h"

namespace elbow {

struct RunConfig {
    std::string dataset = "mnist";
    int train_images = 0;  // the first so many of the training images; 0: all
    std::string targets = "grey";
    std::string augment = "off";
    int latents = 2;
    int hidden = 500;
    std::string activation = "tanh";
    std::string network = "paper";
    std::string posterior = "diagonal";
    std::string prior = "normal";
    std::string likelihood = "auto";
    std::string condition = "none";
    // What the options of the parts' members are set to, where it is not what is usual.
    std::map<std::string, model::OptionValue, std::less<>> of_members = {};
    std::string variance_floor = "on";  // of a Gaussian likelihood
    std::string initialisation = "glorot";
    double initial_std = 0.01;  // of "paper"
    std::string estimator = "sgvb_b";
    int noise_samples = 1;  // L
    double beta = 1.0;      // weight of the KL
    int kl_warmup = 0;      // training images until it has that weight
    std::string optimizer = "adam";
    double step_size = 1e-3;
    std::string schedule = "constant";  // of the step size
    int schedule_images = 0;      // training images until it has run its course; 0: ten epochs
    int stall = 5;                // evaluations without a better one
    int step_size_warmup = 0;     // training images until the step size is whole
    std::string average = "off";  // of the weights
    int average_span = 1000;      // updates
    double average_part = 0.1;    // of the run
    std::string keep_best = "on";
    std::string weights = "auto";  // that are shown
    int evaluate_every = 0;        // training images; 0: ten for each held-out one
    int patience = 0;              // evaluations; 0: endless
    std::string weight_prior = "auto";
    int minibatch = 100;     // M
    int warmup_steps = 100;  // Adagrad's
    std::uint64_t seed = 1;
    std::string gradients = "auto";
    std::string device = "auto";

    bool operator==(const RunConfig&) const = default;
};

// An option that came with a network, posterior, prior, likelihood or condition.
struct OfMember {
    const char* name;
    model::OptionValue usual;
    bool operator==(const OfMember& other) const {
        return std::string_view(name) == other.name && usual == other.usual;
    }
};

using OptionMember = std::variant<int RunConfig::*, double RunConfig::*, std::uint64_t RunConfig::*,
                                  std::string RunConfig::*, OfMember>;

// What an option is set to, and of what kind it is.
using RunValue = std::variant<std::int64_t, double, std::string>;

struct Option {
    const char* name;     // as on the command line and in run.json: "latent" for --latent
    const char* title;    // as in the window: "Latents"
    const char* section;  // "Data", "Model", "Estimator", "Optimiser"
    const char* help;     // one sentence
    OptionMember member;
    double minimum;                         // numbers only
    double maximum;                         // numbers only
    std::vector<std::string_view> choices;  // texts only; empty: names out of a list of another
                                            // room (run::choices_of), which checks them, or any
    bool live;                // may change while a run goes on; otherwise a change restarts it
    bool logarithmic;         // a slider over it is logarithmic
    bool of_machine = false;  // where a run computes, not what: no part of a saved run, and free
                              // to be another one when it goes on
    bool essential = false;   // what somebody new to it sets first
    const char* zero_word = nullptr;  // a number's: what 0 is called, "all"

    RunValue value(const RunConfig&) const;
    // Unchecked; whole numbers for options of whole numbers.
    void set(RunConfig&, const RunValue&) const;
    bool is_text() const;
    bool is_real() const;
    bool is_whole() const { return !is_text() && !is_real(); }

    // Where the window and --help list it: what is essential together, the rest by section.
    std::string_view group() const { return essential ? kEssentials : section; }
    static constexpr std::string_view kEssentials = "Essentials";
};

// All options, in the order in which they are shown.
std::span<const Option> run_options();

// nullptr when there is no such option.
const Option* find_run_option(std::string_view name);

// The value as text ("1e-3", "tanh", "all") and back. from_text reads numbers as 1e6, too, with
// blanks around them, and throws UsageError that names the option, its range or its choices, and
// what was found.
std::string option_text(const RunConfig& config, const Option& option);
void set_option_from_text(RunConfig& config, const Option& option, std::string_view text);

// What a number may be: "1 to 200", "1 to 1e+07, or all".
std::string option_range_text(const Option&);

// Throws UsageError for the first option that is out of its range.
void check(const RunConfig& config);

}  // namespace elbow
