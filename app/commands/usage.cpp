#include "app/commands/usage.h"

#include <algorithm>

#include "engine/core/suggestion.h"

namespace elbow::commands {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

// "--latent" for "-latent" and "latent=5"
std::string as_flag(const std::string& argument) {
    const std::string name = argument.substr(0, argument.find('='));
    const std::size_t first = name.find_first_not_of('-');
    return first == std::string::npos ? "" : "--" + name.substr(first);
}

// Empty where the command has none.
std::string about_subcommands(const Mistake& mistake) {
    const std::vector<std::string>& names = mistake.subcommands;
    if (names.empty()) return {};
    if (mistake.extras.empty())
        return mistake.command + " needs a subcommand: " + joined(names) + ".";
    const std::string& wrong = mistake.extras.front();
    return mistake.command + " has no subcommand '" + wrong + "'." + did_you_mean(wrong, names) +
           " Choose one of: " + joined(names) + ".";
}

std::string about_extras(const Mistake& mistake) {
    const std::vector<std::string>& extras = mistake.extras;
    const auto is_flag = [](const std::string& each) { return each.size() > 1 && each[0] == '-'; };
    const auto first = std::find_if(extras.begin(), extras.end(), is_flag);
    const std::vector<std::string>& flags = mistake.flags;
    if (first != extras.end()) {
        const std::string name = first->substr(0, first->find('='));
        return mistake.command + " has no option '" + name + "'." +
               did_you_mean(as_flag(name), flags);
    }
    if (std::string text = about_subcommands(mistake); !text.empty()) return text;
    if (extras.empty()) return mistake.command + " was given something that it does not take.";
    std::string text = mistake.command + " does not take '" + extras.front() + "'.";
    // Dashes that were forgotten; anything further off is no option at all.
    const std::string flag = as_flag(extras.front());
    if (std::find(flags.begin(), flags.end(), flag) != flags.end())
        text += " Did you mean '" + flag + "'?";
    return text;
}

std::string about_number_of_values(const Mistake& mistake) {
    if (!mistake.option) return mistake.message;
    const auto& [name, type, help, given] = *mistake.option;
    if (given.size() < 2)
        return name + ": expected " + (type.empty() ? "a value" : type) +
               " behind it, found nothing.";
    std::string values;
    for (std::size_t i = 0; i < given.size(); ++i)
        values += (i == 0 ? "'" : i + 1 == given.size() ? " and '" : ", '") + given[i] + "'";
    return name + " was given " + (given.size() == 2 ? "twice" : "several times") + ", with " +
           values + ". Give it once.";
}

std::string about_what_is_missing(const Mistake& mistake) {
    if (mistake.option)
        return mistake.command + " needs " + mistake.option->name + ": " + mistake.option->help +
               ".";
    const std::string text = about_subcommands(mistake);
    return text.empty() ? mistake.message : text;
}

// "--samples excludes --epochs", as the parser says it
std::string about_two_that_exclude(const std::string& message) {
    const std::string between = " excludes ";
    const std::size_t at = message.find(between);
    if (at == std::string::npos) return message;
    return message.substr(0, at) + " and " + message.substr(at + between.size()) +
           " exclude each other. Give one of them.";
}

std::string what_is_wrong(const Mistake& mistake) {
    switch (mistake.kind) {
        case Mistake::Kind::kExtras:
            return about_extras(mistake);
        case Mistake::Kind::kNumberOfValues:
            return about_number_of_values(mistake);
        case Mistake::Kind::kValueOfAFlag:
            return mistake.option->name + " takes no value. Leave the value out.";
        case Mistake::Kind::kMissing:
            return about_what_is_missing(mistake);
        case Mistake::Kind::kExclusion:
            return about_two_that_exclude(mistake.message);
        case Mistake::Kind::kOther:
            break;
    }
    return mistake.message;
}

}  // namespace

std::string usage_message(const Mistake& mistake) {
    return what_is_wrong(mistake) + "\nRun '" + mistake.command +
           " --help' to see what is possible.";
}

}  // namespace elbow::commands
