#include "engine/train/choices.h"

#include <algorithm>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/suggestion.h"
#include "engine/data/datasets.h"
#include "engine/estimator/estimator.h"
#include "engine/optim/optimizer.h"

namespace elbow::train {

std::vector<Choice> choices_of(const Option& option) {
    std::vector<Choice> choices;
    const std::string_view name = option.name;
    if (name == "dataset") {
        for (const auto& entry : data::datasets())
            choices.push_back({entry.name, entry.title, entry.summary});
    } else if (name == "estimator") {
        for (const auto& entry : estimator::estimators())
            choices.push_back({entry.name, entry.title, entry.summary});
    } else if (name == "optimizer") {
        for (const auto& entry : optim::optimizers())
            choices.push_back({entry.name, entry.title, ""});
    }
    for (const std::string_view choice : option.choices)
        choices.push_back({std::string(choice), std::string(choice), ""});
    return choices;
}

std::string value_text(const RunConfig& config, const Option& option) {
    std::string value = option_text(config, option);
    for (const Choice& choice : choices_of(option)) {
        if (choice.name == value) return choice.title;
    }
    return value;
}

std::string choices_text(const Option& option) {
    std::string joined;
    for (const Choice& choice : choices_of(option))
        joined += (joined.empty() ? "" : ", ") + choice.name;
    return joined;
}

void check_choices(const RunConfig& config) {
    for (const Option& option : run_options()) {
        if (std::string_view(option.name) == "dataset") continue;
        const std::vector<Choice> choices = choices_of(option);
        const std::string text = option_text(config, option);
        const auto is_it = [&](const Choice& choice) { return choice.name == text; };
        if (choices.empty() || std::any_of(choices.begin(), choices.end(), is_it)) continue;
        std::vector<std::string> names;
        names.reserve(choices.size());
        for (const Choice& choice : choices) names.push_back(choice.name);
        throw UsageError("--" + std::string(option.name) + ": expected one of " +
                         choices_text(option) + ", found '" + text + "'." +
                         did_you_mean(text, names));
    }
}

}  // namespace elbow::train
