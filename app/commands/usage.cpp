#include "app/commands/usage.h"

#include <algorithm>
#include <vector>

#include "engine/core/suggestion.h"

namespace elbow::commands {
namespace {

// The command that was chosen, "data fetch" rather than "data".
const CLI::App& chosen_command(const CLI::App& root) {
    const CLI::App* command = &root;
    for (auto chosen = command->get_subcommands(); !chosen.empty();
         chosen = command->get_subcommands()) {
        command = chosen.front();
    }
    return *command;
}

// "elbow data fetch"
std::string full_name(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
}

std::vector<std::string> flags_of(const CLI::App& command) {
    std::vector<std::string> flags;
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
    }
    return flags;
}

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
std::string about_subcommands(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* each : command.get_subcommands({})) names.push_back(each->get_name());
    if (names.empty()) return {};
    const std::vector<std::string> extras = command.remaining(false);
    if (extras.empty()) return full_name(command) + " needs a subcommand: " + joined(names) + ".";
    return full_name(command) + " has no subcommand '" + extras.front() + "'." +
           did_you_mean(extras.front(), names) + " Choose one of: " + joined(names) + ".";
}

std::string about_extras(const CLI::App& command) {
    const std::vector<std::string> extras = command.remaining(true);
    const auto is_flag = [](const std::string& each) { return each.size() > 1 && each[0] == '-'; };
    const auto first = std::find_if(extras.begin(), extras.end(), is_flag);
    const std::vector<std::string> flags = flags_of(command);
    if (first != extras.end()) {
        const std::string name = first->substr(0, first->find('='));
        return full_name(command) + " has no option '" + name + "'." +
               did_you_mean(as_flag(name), flags);
    }
    if (std::string text = about_subcommands(command); !text.empty()) return text;
    if (extras.empty()) return full_name(command) + " was given something that it does not take.";
    std::string text = full_name(command) + " does not take '" + extras.front() + "'.";
    // Dashes that were forgotten; anything further off is no option at all.
    const std::string flag = as_flag(extras.front());
    if (std::find(flags.begin(), flags.end(), flag) != flags.end())
        text += " Did you mean '" + flag + "'?";
    return text;
}

// The option that the message begins with: "--latent: ..." or "RUN is required".
const CLI::Option* option_named_first(const CLI::App& command, const std::string& message) {
    const std::string name = message.substr(0, message.find_first_of(": "));
    return name.empty() ? nullptr : command.get_option_no_throw(name);
}

std::string about_number_of_values(const CLI::App& command, const std::string& message) {
    const CLI::Option* option = option_named_first(command, message);
    if (option == nullptr) return message;
    const std::string name = option->get_name();
    if (option->get_type_size() == 0) return name + " takes no value. Leave the value out.";
    const std::vector<std::string>& given = option->results();
    if (given.size() < 2) {
        const std::string type = option->get_type_name();
        return name + ": expected " + (type.empty() ? "a value" : type) +
               " behind it, found nothing.";
    }
    std::string values;
    for (std::size_t i = 0; i < given.size(); ++i)
        values += (i == 0 ? "'" : i + 1 == given.size() ? " and '" : ", '") + given[i] + "'";
    return name + " was given " + (given.size() == 2 ? "twice" : "several times") + ", with " +
           values + ". Give it once.";
}

std::string about_what_is_missing(const CLI::App& command, const std::string& message) {
    const CLI::Option* option = option_named_first(command, message);
    if (option != nullptr) {
        return full_name(command) + " needs " + option->get_name() + ": " +
               option->get_description() + ".";
    }
    const std::string text = about_subcommands(command);
    return text.empty() ? message : text;
}

// "--samples excludes --epochs", as CLI11 says it
std::string about_two_that_exclude(const std::string& message) {
    const std::string between = " excludes ";
    const std::size_t at = message.find(between);
    if (at == std::string::npos) return message;
    return message.substr(0, at) + " and " + message.substr(at + between.size()) +
           " exclude each other. Give one of them.";
}

}  // namespace

std::string usage_message(const CLI::ParseError& error, const CLI::App& root) {
    const CLI::App& command = chosen_command(root);
    std::string message = error.what();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return about_extras(command);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr ||
        dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
        return about_number_of_values(command, message);
    }
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
        return about_what_is_missing(command, message);
    if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr)
        return about_two_that_exclude(message);
    return message;
}

}  // namespace elbow::commands
