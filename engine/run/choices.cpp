#include "engine/run/choices.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string_view>

#include "engine/core/error.h"
#include "engine/core/suggestion.h"
#include "engine/data/datasets.h"
#include "engine/estimator/estimator.h"
#include "engine/model/families.h"
#include "engine/optim/average.h"
#include "engine/optim/optimizer.h"
#include "engine/optim/schedule.h"

namespace elbow::run {
namespace {

std::vector<Choice> listed_choices(const Option& option) {
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
    } else if (name == "schedule") {
        for (const auto& entry : optim::schedules())
            choices.push_back({entry.name, entry.title, entry.summary});
    } else if (name == "average") {
        for (const auto& entry : optim::averages())
            choices.push_back({entry.name, entry.title, entry.summary});
    }
    for (const model::Family& family : model::families()) {
        if (name != family.name) continue;
        if (family.part == &model::ModelSpec::likelihood) choices.push_back({"auto", "auto", ""});
        for (const auto& entry : family.members)
            choices.push_back({entry.name, entry.title, entry.summary});
    }
    for (const std::string_view choice : option.choices)
        choices.push_back({std::string(choice), std::string(choice), ""});
    return choices;
}

}  // namespace

// Made once: the window asks for each row in each frame.
const std::vector<Choice>& choices_of(const Option& option) {
    static const auto kChoices = [] {
        std::map<std::string, std::vector<Choice>, std::less<>> choices;
        for (const Option& each : run_options()) choices[each.name] = listed_choices(each);
        return choices;
    }();
    return kChoices.at(option.name);
}

std::string value_text(const RunConfig& config, const Option& option) {
    std::string value = option_text(config, option);
    for (const Choice& choice : choices_of(option)) {
        if (choice.name == value) return choice.title;
    }
    return value;
}

std::string setting_text(const RunConfig& config, const Option& option) {
    std::string title = option.title;
    const bool is_word = title.size() > 1 && std::islower(static_cast<unsigned char>(title[1]));
    if (is_word) title[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(title[0])));
    const std::string value = value_text(config, option);
    const bool counts = option.is_whole();
    if (!counts || !title.ends_with('s')) return title + " " + value;
    if (value == "1") title.pop_back();
    return value + " " + title;
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
        const std::vector<Choice>& choices = choices_of(option);
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

}  // namespace elbow::run
