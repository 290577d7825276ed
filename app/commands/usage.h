#pragma once

// What is wrong with a command line that CLI11 refuses, in words that help. Main thread.

#include <string>

#include "CLI/CLI.hpp"

namespace elbow::commands {

// After parsing: the chosen command says which options there are, and what was given.
std::string usage_message(const CLI::ParseError&, const CLI::App& root);

}  // namespace elbow::commands
