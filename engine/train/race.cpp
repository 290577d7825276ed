#include "engine/train/race.h"

#include <string_view>

#include "engine/estimator/estimator.h"
#include "engine/train/choices.h"

namespace elbow::train {
namespace {

constexpr std::string_view kDataSection = "Data";
constexpr std::string_view kModelSection = "Model";
constexpr std::string_view kSeed = "seed";

}  // namespace

bool is_shared_in_race(const Option& option) {
    return option.section == kDataSection || option.section == kModelSection ||
           option.name == kSeed;
}

RunConfig rival_of(const RunConfig& wished, RunConfig other) {
    for (const Option& option : run_options()) {
        if (is_shared_in_race(option)) {
            set_option_from_text(other, option, option_text(wished, option));
        }
    }
    return other;
}

std::pair<std::string, std::string> race_names(const RunConfig& first, const RunConfig& second) {
    if (first.estimator != second.estimator) {
        return {estimator::estimators().at(first.estimator).title,
                estimator::estimators().at(second.estimator).title};
    }
    std::pair<std::string, std::string> names;
    for (const Option& option : run_options()) {
        if (option_text(first, option) == option_text(second, option)) continue;
        const std::string comma = names.first.empty() ? "" : ", ";
        names.first += comma + option.title + " " + value_text(first, option);
        names.second += comma + option.title + " " + value_text(second, option);
    }
    if (names.first.empty()) return {"First", "Second"};
    return names;
}

}  // namespace elbow::train
