// The program's table of commands; each is a file in commands/.

#include <stdlib.h>

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "app/commands/command.h"
#include "app/commands/standard_output.h"
#include "engine/core/error.h"
#include "engine/core/memory.h"
#include "engine/core/process.h"

namespace {

using namespace elbow;

constexpr int kFailure = 1;
constexpr int kWrongUsage = 2;

constexpr std::array kCommands = {
    commands::add_gui,         commands::add_train,  commands::add_eval,
    commands::add_sample,      commands::add_encode, commands::add_reconstruct,
    commands::add_interpolate, commands::add_export, commands::add_reproduce,
    commands::add_bench,       commands::add_data};

void run(const std::vector<std::string>& arguments) {
    const commands::CommandLine line("elbow", "Elbow: watch a variational autoencoder learn.");
    commands::describe_program(line.root());
    for (const auto add : kCommands) add(line.root());
    const std::string wished = line.run(commands::with_command(line.root(), arguments));
    if (!wished.empty()) commands::StandardOutput().print(wished);
}

// As it is without it, but once: else glibc looks at the file for each time of day that it is asked
// for, and libarchive asks for that of each picture in a zip.
void know_time_zone() { ::setenv("TZ", ":/etc/localtime", 0); }

int fail(int exit_code, const char* message) {
    std::fprintf(stderr, "elbow: %s\n", message);
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    open_closed_standard_streams();
    make_lost_writes_errors();
    return_large_buffers();
    know_time_zone();
    try {
        run({argv + 1, argv + argc});
        commands::StandardOutput::finish();
        return 0;
    } catch (const UsageError& error) {
        return fail(kWrongUsage, error.what());
    } catch (const std::exception& error) {
        return fail(kFailure, message_of(error).c_str());
    }
}
