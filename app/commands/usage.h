#pragma once

// What is wrong with a command line, in words that help. Pure functions.

#include <optional>
#include <string>
#include <vector>

namespace elbow::commands {

struct Mistake {
    enum class Kind { kExtras, kNumberOfValues, kValueOfAFlag, kMissing, kExclusion, kOther };
    struct Named {
        std::string name;  // "--latent" or "RUN"
        std::string type;  // of its value: "COUNT"
        std::string help;
        std::vector<std::string> given;  // its values
    };

    Kind kind = Kind::kOther;
    std::string message;                   // as the parser says it
    std::optional<Named> option;           // that it is about
    std::string command;                   // the chosen one: "elbow data fetch"
    std::vector<std::string> subcommands;  // of that command, by name
    std::vector<std::string> flags;        // of that command: "--latent"
    std::vector<std::string> extras;       // arguments that it does not take
};

// With a line about the help that fits the command.
std::string usage_message(const Mistake&);

}  // namespace elbow::commands
