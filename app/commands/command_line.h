#pragma once

// The program's commands with their options, and the reading of a command line. All are declared
// before it is read. CLI11 does the work, in command_line.cpp alone: its headers are slow to
// compile. Main thread only.

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): not ours
class App;
class Option;
}  // namespace CLI

namespace elbow::commands {

// An option of a command or, where its name has no dashes, a positional argument. A handle: copies
// are the same option, which lives as long as the command line.
class CommandOption {
  public:
    explicit CommandOption(CLI::Option& option) : option_(&option) {}

    CommandOption required() const;
    CommandOption description(const std::string&) const;
    CommandOption type_name(const std::string&) const;     // stands for the value in the help
    CommandOption default_text(const std::string&) const;  // for the help alone
    CommandOption group(const std::string& title) const;   // of options in the help
    CommandOption excludes(const CommandOption&) const;

    bool given() const;  // once the line is read

  private:
    CLI::Option* option_;
};

// A handle, as above.
class Command {
  public:
    using Take = std::function<void(const std::string&)>;

    explicit Command(CLI::App& app) : app_(&app) {}

    Command add_subcommand(const std::string& name, const std::string& description) const;
    void require_subcommand() const;
    std::vector<std::string> subcommands() const;  // their names
    bool subcommand_takes(const std::string& name, const std::string& option) const;

    // names: "--latent", "-o,--output" or "RUN". What `take` throws ends the reading.
    CommandOption add_option(const std::string& names, const Take& take,
                             const std::string& help) const;
    CommandOption add_option(const std::string& names, std::string& value,
                             const std::string& help) const;
    CommandOption add_flag(const std::string& names, bool& value, const std::string& help) const;
    void set_help_flag(const std::string& names, const std::string& help) const;
    void set_version_flag(const std::string& name, std::function<std::string()> text,
                          const std::string& help) const;

    void footer(const std::string&) const;       // below the options in the help
    void callback(std::function<void()>) const;  // what the command does, once the line is read

    bool given(const std::string& option) const;  // once the line is read: by a `take`, too
    CommandOption option(const std::string& name) const;

  private:
    CLI::App* app_;
};

class CommandLine {
  public:
    CommandLine(const std::string& program, const std::string& description);
    ~CommandLine();

    Command root() const;

    // Reads the line and does what it asks for; returns the text that --help or --version asks for.
    // Throws UsageError where the line is wrong, and what the command throws.
    std::string run(std::vector<std::string> arguments) const;

  private:
    std::unique_ptr<CLI::App> app_;
};

}  // namespace elbow::commands
