#pragma once

// A command of the program: one file that adds a subcommand with its options, and one line in the
// table of main.cpp. What it does runs in the subcommand's callback, which throws elbow::Error on
// failure and elbow::UsageError for wrong usage. All of it runs on the main thread.

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "app/commands/command_line.h"
#include "engine/run/config.h"

namespace elbow::commands {

// Adds every option of run_options() as --name to a subcommand.
void add_run_options(Command, RunConfig&);

// Those of them that stand on the command line, in the order of run_options(). After parsing.
std::vector<const Option*> given_run_options(Command);

// Adds --preset beside them. To be set to run::usual_config() beforehand, so that --help says what
// is usual.
void add_preset(Command, std::string& preset);
// Sets what the preset does where the option does not stand on the command line. After parsing.
void take_preset(Command, const std::string& preset, RunConfig&);

// Adds an option for a whole number, which may be written as 1e6, with its range and default in the
// help.
CommandOption add_count(Command, const std::string& names, std::int64_t& value,
                        const std::string& help, std::int64_t minimum, std::int64_t maximum);

// Adds an option for a finite number.
CommandOption add_amount(Command, const std::string& name, double& value, const std::string& help,
                         double minimum = 0.0,
                         double maximum = std::numeric_limits<double>::infinity());

// Adds an option (or, without dashes, a positional argument) for one of a few names.
CommandOption add_choice(Command, const std::string& name, std::string& value,
                         const std::string& help, const std::vector<std::string>& choices);

// What "-" means where a path is expected.
enum class Dash { kRefused, kStandardOutput };

// Adds an option (or, without dashes, a positional argument) for a file or a folder; an empty text
// is wrong usage, and so is "-" unless it stands for standard output.
CommandOption add_path(Command, const std::string& names, std::filesystem::path&,
                       const std::string& help, Dash dash = Dash::kRefused);

// --data-dir and --threads, wherever data or training is needed. threads 0: the machine's default.
void add_data_dir(Command, std::filesystem::path&);
void add_threads(Command, std::int64_t& threads);

void add_gui(Command root);
void add_train(Command root);
void add_eval(Command root);
void add_sample(Command root);
void add_encode(Command root);
void add_reconstruct(Command root);
void add_interpolate(Command root);
void add_export(Command root);
void add_reproduce(Command root);
void add_bench(Command root);
void add_data(Command root);

// What main needs beside the table: --version and the like; and the arguments with "gui" before
// them where no command was named (throws UsageError for a command that does not exist).
void describe_program(Command root);
std::vector<std::string> with_command(Command root, std::vector<std::string> arguments);

// The program's version and those of the libraries it works with, a line each.
std::string version_text();

}  // namespace elbow::commands
