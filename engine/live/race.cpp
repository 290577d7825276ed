#include "engine/live/race.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "engine/estimator/estimator.h"
#include "engine/run/choices.h"

namespace elbow::live {
namespace {

constexpr std::string_view kDataSection = "Data";
constexpr std::string_view kModelSection = "Model";
constexpr std::string_view kSeed = "seed";

bool is_of_model(const Option& option) { return option.section == kModelSection; }

template <class Which>
RunConfig with_options_of(const RunConfig& source, RunConfig target, Which which) {
    for (const Option& option : run_options()) {
        if (which(option)) set_option_from_text(target, option, option_text(source, option));
    }
    return target;
}

template <class Which>
bool are_equal(const RunConfig& a, const RunConfig& b, Which which) {
    const auto options = run_options();
    return std::all_of(options.begin(), options.end(), [&](const Option& option) {
        return !which(option) || option_text(a, option) == option_text(b, option);
    });
}

std::string capitalised(std::string text) {
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

}  // namespace

bool is_shared_in_race(const Option& option) {
    return option.section == kDataSection || option.name == kSeed;
}

RunConfig rival_of(const RunConfig& wished, RunConfig other) {
    return with_options_of(wished, std::move(other), [](const Option& option) {
        return is_shared_in_race(option) || is_of_model(option);
    });
}

RunConfig beside(const RunConfig& wished, RunConfig other) {
    return with_options_of(wished, std::move(other), is_shared_in_race);
}

bool same_start(const RunConfig& a, const RunConfig& b) {
    return are_equal(a, b, [](const Option& option) {
        return is_shared_in_race(option) || is_of_model(option);
    });
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
        names.first += comma + run::setting_text(first, option);
        names.second += comma + run::setting_text(second, option);
    }
    if (names.first.empty()) return {"First", "Second"};
    return {capitalised(names.first), capitalised(names.second)};
}

}  // namespace elbow::live
