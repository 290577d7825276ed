#include <algorithm>
#include <cmath>
#include <optional>

#include "app/commands/command.h"
#include "app/commands/own_data.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/parse_count.h"
#include "engine/core/suggestion.h"
#include "engine/core/team.h"
#include "engine/core/text.h"
#include "engine/data/datasets.h"
#include "engine/estimator/device.h"
#include "engine/run/choices.h"
#include "engine/run/presets.h"

namespace elbow::commands {

namespace {

constexpr std::int64_t kMostCountThatIsSaid = 1'000'000'000;

std::string range_text(double minimum, double maximum) {
    return exact_text(minimum) + " to " + exact_text(maximum);
}

// The help sentence, and behind it what may be chosen.
std::string help_text(const Option& option) {
    std::string possible;
    if (!option.is_text()) {
        possible = option_range_text(option);
    } else {
        possible = run::choices_text(option);
    }
    return std::string(option.help) + (possible.empty() ? "" : " (" + possible + ")");
}

const char* type_text(const Option& option) {
    if (option.is_text()) return "NAME";
    return option.is_real() ? "NUMBER" : "COUNT";
}

// A graphics card is LibTorch's, so that asking for one asks for its gradients.
void take_device(Command command, RunConfig& config) {
    estimator::check_device(config.device);
    if (config.device == "cuda" && !command.given("--gradients")) config.gradients = "autograd";
}

std::string flag(const Option& option) { return std::string("--") + option.name; }

}  // namespace

void add_run_options(Command command, RunConfig& config) {
    for (const Option& option : run_options()) {
        command
            .add_option(
                flag(option),
                [&config, &option, command](const std::string& text) {
                    set_option_from_text(config, option, text);
                    const bool is_dataset = option.member == OptionMember(&RunConfig::dataset);
                    if (is_dataset && !names_a_path(config.dataset))
                        config.dataset = data::canonical_name(config.dataset);
                    run::check_choices(config);
                    if (option.of_machine) take_device(command, config);
                },
                help_text(option))
            .type_name(type_text(option))
            .default_text(option_text(config, option))
            .group(std::string(option.group()));
    }
}

std::vector<const Option*> given_run_options(Command command) {
    std::vector<const Option*> given;
    for (const Option& option : run_options()) {
        if (command.given(flag(option))) given.push_back(&option);
    }
    return given;
}

void add_preset(Command command, std::string& preset) {
    std::string help =
        "How the run learns: sets the options of the optimiser that are not given, the activation "
        "and the gradients.";
    std::vector<std::string> names;
    for (const run::Preset& each : run::presets()) {
        names.push_back(each.name);
        help += " " + each.name + ": " + each.help;
    }
    preset = run::usual_preset().name;
    add_choice(command, "--preset", preset, help, names).group(std::string(Option::kEssentials));
}

void take_preset(Command command, const std::string& preset, RunConfig& config) {
    config = run::with_preset(run::presets().at(preset), config, given_run_options(command));
}

CommandOption add_count(Command command, const std::string& names, std::int64_t& value,
                        const std::string& help, std::int64_t minimum, std::int64_t maximum) {
    // Limits that nobody meets would only be noise in the help.
    const bool bounded = maximum < kMostCountThatIsSaid;
    const std::string range = std::to_string(minimum) + " to " + std::to_string(maximum);
    const std::string name = names.substr(names.rfind(',') + 1);
    return command
        .add_option(
            names,
            [&value, name, minimum, maximum](const std::string& text) {
                value = static_cast<std::int64_t>(parse_count(text, name,
                                                              static_cast<std::uint64_t>(minimum),
                                                              static_cast<std::uint64_t>(maximum)));
            },
            bounded ? help + " (" + range + ")" : help)
        .type_name("COUNT");
}

CommandOption add_amount(Command command, const std::string& name, double& value,
                         const std::string& help, double minimum, double maximum) {
    const std::string range =
        std::isfinite(maximum) ? range_text(minimum, maximum) : exact_text(minimum) + " on";
    return command
        .add_option(
            name,
            [&value, name, range, minimum, maximum](const std::string& text) {
                const std::optional<double> number = read_number(text);
                if (!number || *number < minimum || *number > maximum) {
                    throw UsageError(name + ": expected a number from " + range +
                                     ", such as 2.5, found '" + text + "'.");
                }
                value = *number;
            },
            help)
        .type_name("NUMBER");
}

CommandOption add_choice(Command command, const std::string& name, std::string& value,
                         const std::string& help, const std::vector<std::string>& choices) {
    std::string listed;
    for (const std::string& choice : choices) listed += (listed.empty() ? "" : ", ") + choice;
    return command.add_option(
        name,
        [&value, name, listed, choices](const std::string& text) {
            value = trimmed(text);
            if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
            throw UsageError(name + ": expected one of " + listed + ", found '" + text + "'." +
                             did_you_mean(value, choices));
        },
        help);
}

CommandOption add_path(Command command, const std::string& names, std::filesystem::path& path,
                       const std::string& help, Dash dash) {
    const std::string name = names.substr(names.rfind(',') + 1);
    return command.add_option(
        names,
        [&path, name, dash](const std::string& text) {
            if (text == "-" && dash == Dash::kRefused) {
                throw UsageError(name +
                                 ": '-' stands for a stream, and a file or a folder is needed "
                                 "here. Name one; one that is called '-' is './-'.");
            }
            // Most often a variable of a script that was not set: "not given" is not what was
            // meant.
            if (text.empty()) {
                throw UsageError(name +
                                 ": expected a path, found an empty text. Name a file or a "
                                 "folder" +
                                 (name.front() == '-' ? ", or leave " + name + " out." : "."));
            }
            // The name itself was forgotten, and the next option stands in its place.
            if (name.front() == '-' && text.starts_with("--") &&
                text.find('=') == std::string::npos) {
                throw UsageError(name + ": expected a path, found '" + text +
                                 "'. Name a file or a folder; one of that name is './" + text +
                                 "'.");
            }
            path = text;
        },
        help);
}

void add_data_dir(Command command, std::filesystem::path& folder) {
    add_path(command, "--data-dir", folder,
             "Folder with the data set's files, itself or in a folder of its name; otherwise "
             "$ELBOW_DATA and the XDG data folder are looked into")
        .type_name("FOLDER");
}

void add_threads(Command command, std::int64_t& threads) {
    threads = default_threads(false);
    add_count(command, "--threads", threads, "Threads that compute", 1, kMostThreads)
        .default_text(std::to_string(threads));
}

}  // namespace elbow::commands
