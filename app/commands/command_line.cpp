#include "app/commands/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <utility>

#include "app/commands/usage.h"
#include "engine/core/error.h"

namespace elbow::commands {
namespace {

std::vector<std::string> subcommands_of(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* each : command.get_subcommands({})) names.push_back(each->get_name());
    return names;
}

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

Mistake::Named named(const CLI::Option& option) {
    return {option.get_name(), option.get_type_name(), option.get_description(), option.results()};
}

Mistake mistake_in(const CLI::App& command) {
    Mistake mistake;
    mistake.command = full_name(command);
    mistake.subcommands = subcommands_of(command);
    for (const CLI::Option* option : command.get_options()) {
        for (const std::string& name : option->get_lnames()) mistake.flags.push_back("--" + name);
    }
    mistake.extras = command.remaining(true);
    return mistake;
}

template <class Kind>
bool is(const CLI::ParseError& error) {
    return dynamic_cast<const Kind*>(&error) != nullptr;
}

Mistake::Kind kind_of(const CLI::ParseError& error) {
    if (is<CLI::ExtrasError>(error)) return Mistake::Kind::kExtras;
    if (is<CLI::ArgumentMismatch>(error)) return Mistake::Kind::kNumberOfValues;
    if (is<CLI::ConversionError>(error)) return Mistake::Kind::kNumberOfValues;
    if (is<CLI::RequiredError>(error)) return Mistake::Kind::kMissing;
    if (is<CLI::ExcludesError>(error)) return Mistake::Kind::kExclusion;
    return Mistake::Kind::kOther;
}

// After parsing: the chosen command says which options there are, and what was given.
Mistake mistake_of(const CLI::ParseError& error, const CLI::App& root) {
    const CLI::App& command = chosen_command(root);
    Mistake mistake = mistake_in(command);
    mistake.kind = kind_of(error);
    mistake.message = error.what();
    // The option that the message begins with: "--latent: ..." or "RUN is required".
    const std::string name = mistake.message.substr(0, mistake.message.find_first_of(": "));
    const CLI::Option* option = name.empty() ? nullptr : command.get_option_no_throw(name);
    if (option != nullptr) mistake.option = named(*option);
    return mistake;
}

const CLI::App* subcommand_named(const CLI::App& command, const std::string& name) {
    for (const CLI::App* each : command.get_subcommands({}))
        if (each->get_name() == name) return each;
    return nullptr;
}

[[noreturn]] void refuse_value_of(const CLI::Option& flag, const CLI::App& command) {
    Mistake mistake = mistake_in(command);
    mistake.kind = Mistake::Kind::kValueOfAFlag;
    mistake.option = named(flag);
    throw UsageError(usage_message(mistake));
}

// Before parsing: CLI11 takes "--json=5", and "--json=no" too, for a plain --json.
void refuse_values_of_flags(const CLI::App& root, const std::vector<std::string>& arguments) {
    const CLI::App* command = &root;
    bool is_value = false;  // of the option before
    for (const std::string& argument : arguments) {
        if (std::exchange(is_value, false)) continue;
        if (argument == "--") return;
        if (const CLI::App* chosen = subcommand_named(*command, argument)) command = chosen;
        if (!argument.starts_with('-')) continue;
        const std::size_t equals = argument.find('=');
        const CLI::Option* option = command->get_option_no_throw(argument.substr(0, equals));
        if (option == nullptr) continue;
        const bool takes_values = option->get_items_expected_max() > 0;
        if (!takes_values && equals != std::string::npos) refuse_value_of(*option, *command);
        is_value = takes_values && equals == std::string::npos;
    }
}

}  // namespace

CommandOption CommandOption::required() const {
    option_->required();
    return *this;
}

CommandOption CommandOption::description(const std::string& text) const {
    option_->description(text);
    return *this;
}

CommandOption CommandOption::type_name(const std::string& text) const {
    option_->type_name(text);
    return *this;
}

CommandOption CommandOption::default_text(const std::string& text) const {
    option_->default_str(text);
    return *this;
}

CommandOption CommandOption::group(const std::string& title) const {
    option_->group(title);
    return *this;
}

CommandOption CommandOption::excludes(const CommandOption& other) const {
    option_->excludes(other.option_);
    return *this;
}

bool CommandOption::given() const { return option_->count() > 0; }

Command Command::add_subcommand(const std::string& name, const std::string& description) const {
    return Command(*app_->add_subcommand(name, description));
}

void Command::require_subcommand() const { app_->require_subcommand(1); }

std::vector<std::string> Command::subcommands() const { return subcommands_of(*app_); }

bool Command::subcommand_takes(const std::string& name, const std::string& option) const {
    return app_->get_subcommand(name)->get_option_no_throw(option) != nullptr;
}

CommandOption Command::add_option(const std::string& names, const Take& take,
                                  const std::string& help) const {
    return CommandOption(*app_->add_option_function<std::string>(names, take, help));
}

CommandOption Command::add_option(const std::string& names, std::string& value,
                                  const std::string& help) const {
    return add_option(
        names, [&value](const std::string& text) { value = text; }, help);
}

CommandOption Command::add_flag(const std::string& names, bool& value,
                                const std::string& help) const {
    return CommandOption(*app_->add_flag(names, value, help));
}

void Command::set_help_flag(const std::string& names, const std::string& help) const {
    app_->set_help_flag(names, help);
}

void Command::set_version_flag(const std::string& name, std::function<std::string()> text,
                               const std::string& help) const {
    app_->set_version_flag(name, std::move(text), help);
}

void Command::footer(const std::string& text) const { app_->footer(text); }

void Command::callback(std::function<void()> action) const { app_->callback(std::move(action)); }

bool Command::given(const std::string& option) const { return app_->count(option) > 0; }

CommandOption Command::option(const std::string& name) const {
    return CommandOption(*app_->get_option(name));
}

CommandLine::CommandLine(const std::string& program, const std::string& description)
    : app_(std::make_unique<CLI::App>(description, program)) {}

CommandLine::~CommandLine() = default;

Command CommandLine::root() const { return Command(*app_); }

std::string CommandLine::run(std::vector<std::string> arguments) const {
    refuse_values_of_flags(*app_, arguments);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    try {
        app_->parse(std::move(arguments));
        return {};
    } catch (const CLI::Success& wish) {  // --help or --version
        std::ostringstream text;
        app_->exit(wish, text, text);
        return text.str();
    } catch (const CLI::ParseError& error) {
        throw UsageError(usage_message(mistake_of(error, *app_)));
    }
}

}  // namespace elbow::commands
