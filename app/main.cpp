// The program's table of commands; each is a file in commands/.

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

#include "app/commands/command.h"
#include "app/commands/standard_output.h"
#include "app/commands/usage.h"
#include "engine/core/error.h"
#include "engine/core/process.h"

namespace {

using namespace elbow;

constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

constexpr std::array kCommands = {
    commands::add_gui,         commands::add_train,     commands::add_eval,  commands::add_sample,
    commands::add_interpolate, commands::add_reproduce, commands::add_bench, commands::add_data};

int run(CLI::App& program, const std::vector<std::string>& arguments) {
    commands::describe_program(program);
    for (const auto add : kCommands) add(program);
    try {
        std::vector<std::string> line = commands::with_command(program, arguments);
        std::reverse(line.begin(), line.end());  // as CLI11 takes them
        program.parse(std::move(line));
        return 0;
    } catch (const CLI::Success& wish) {  // --help or --version
        std::ostringstream text;
        program.exit(wish, text, text);
        commands::StandardOutput().print(text.str());
        return 0;
    } catch (const CLI::ParseError& error) {
        throw UsageError(commands::usage_message(error, program) + commands::help_hint(program));
    }
}

int fail(int exit_code, const char* message) {
    std::fprintf(stderr, "elbow: %s\n", message);
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    open_closed_standard_streams();
    make_lost_writes_errors();
    try {
        CLI::App program("Elbow: watch a variational autoencoder learn.", "elbow");
        const int exit_code = run(program, {argv + 1, argv + argc});
        commands::StandardOutput::finish();
        return exit_code;
    } catch (const UsageError& error) {
        return fail(kWrongUsage, error.what());
    } catch (const std::exception& error) {
        return fail(kFailure, message_of(error).c_str());
    }
}
