// elbow gui: the window.

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "app/commands/command.h"
#include "app/commands/own_data.h"
#include "app/commands/stop_signal.h"
#include "app/gui/application.h"
#include "engine/core/error.h"
#include "engine/core/team.h"
#include "engine/data/datasets.h"
#include "engine/io/run_folder.h"
#include "engine/run/presets.h"

namespace elbow::commands {
namespace {

struct GuiArguments {
    gui::GuiOptions options;
    std::filesystem::path run;
    std::string preset;
    std::string size;
    double scale = 0.0;  // 0: not given
    std::int64_t threads = 0;
};

// "1600x1000"
void read_size(const std::string& text, int& width, int& height) {
    const auto refuse = [&text] {
        throw UsageError(
            "--size takes WIDTHxHEIGHT in pixels, from 320x240 to 16384x16384, for example "
            "1600x1000; '" +
            text + "' was found.");
    };
    const auto cross = text.find('x');
    if (cross == std::string::npos) refuse();
    const auto number = [&](const std::string& digits) {
        const bool plain = !digits.empty() && digits.size() <= 5 &&
                           digits.find_first_not_of("0123456789") == std::string::npos;
        if (!plain) refuse();
        return std::stoi(digits);
    };
    width = number(text.substr(0, cross));
    height = number(text.substr(cross + 1));
    if (width < 320 || height < 240 || width > 16384 || height > 16384) refuse();
}

// Told before a window opens: at its end it would be too late.
void check_can_be_written(const char* option, const std::filesystem::path& file) {
    if (file.empty()) return;
    std::error_code none;
    const bool exists = std::filesystem::exists(file, none);
    const std::filesystem::path changed =
        exists ? file : std::filesystem::absolute(file).parent_path();
    if (std::filesystem::is_directory(changed, none) == !exists &&
        ::access(changed.c_str(), W_OK) == 0) {
        return;
    }
    throw Error(std::string(option) + ": '" + file.string() +
                "' cannot be written. Name a file in a folder that exists and is yours.");
}

// Who names a folder for the data means it: then nothing else stands in for what is not there.
void check_data(const std::string& dataset, const std::filesystem::path& data_dir) {
    const data::SearchPath search = data::search_path(data_dir);
    if (!data_dir.empty()) data::check_found(dataset, search);
}

// A folder that is no run is told before a window opens.
void check_run_folder(const GuiArguments& arguments, Command command) {
    if (arguments.run.empty()) return;
    for (const Option* given : given_run_options(command)) {
        if (given->of_machine) continue;
        throw UsageError("A saved run brings its own options, but --" + std::string(given->name) +
                         " was given beside it. Leave it out, or start a new run without RUN.");
    }
    if (command.given("--preset")) {
        throw UsageError(
            "A saved run brings its own options, but --preset was given beside it. Leave it out, "
            "or start a new run without RUN.");
    }
    const io::SavedRun saved = io::load_run(arguments.run);
    check_data(saved.checkpoint.config.dataset, arguments.options.data_dir);
}

void open_window(GuiArguments& arguments) {
    gui::GuiOptions& options = arguments.options;
    check(options.config);
    data::entry_of(options.config.dataset);  // an unknown name is told before a window opens
    options.scale = static_cast<float>(arguments.scale);
    options.threads = static_cast<int>(arguments.threads);
    check_can_be_written("--screenshot", options.screenshot);
    check_can_be_written("--frame-log", options.frame_log);
    check_can_be_written("--start-log", options.start_log);
    check_can_be_written("--layout-log", options.layout_log);
    if (arguments.run.empty()) check_data(options.config.dataset, options.data_dir);
    if (!arguments.size.empty()) read_size(arguments.size, options.width, options.height);
    if (!arguments.run.empty()) options.run_folder = arguments.run;
    const StopSignal stop;
    options.stop_requested = [&stop] { return stop.requested(); };
    gui::run_gui(options);
}

void add_test_options(Command command, GuiArguments& arguments) {
    const char* const group = "For tests and demonstrations";
    command.add_option("--size", arguments.size, "Size of the window in pixels: WIDTHxHEIGHT")
        .group(group);
    add_amount(command, "--scale", arguments.scale,
               "Size of letters and controls: 1 for plain monitors, 2 for dense ones; otherwise "
               "the desktop's",
               0.5, 4.0)
        .group(group);
    add_amount(command, "--exit-after", arguments.options.exit_after_s,
               "Close the window after this many seconds")
        .group(group);
    const auto add_file = [&](const char* name, std::filesystem::path& file, const char* help) {
        add_path(command, name, file, help).type_name("FILE").group(group);
    };
    add_file("--screenshot", arguments.options.screenshot, "Write the last frame to this PNG");
    add_file("--frame-log", arguments.options.frame_log,
             "Write a CSV line a frame: time_s, frame_ms, drag_to_pixel_ms, images_per_s");
    add_file("--start-log", arguments.options.start_log,
             "Write a CSV line, event and steady_s, at the first frame and at the first picture of "
             "trained weights");
    add_file("--layout-log", arguments.options.layout_log,
             "Keep the rectangles and values of the named widgets in this JSON file");
}

}  // namespace

void add_gui(Command root) {
    const Command command =
        root.add_subcommand("gui", "Open the window: train, and walk through the latent space");
    auto arguments = std::make_shared<GuiArguments>();
    add_path(command, "RUN", arguments->run, "A saved run to go on with; it brings its own options")
        .type_name("FOLDER");
    arguments->options.config = run::usual_config({});
    add_run_options(command, arguments->options.config);
    add_preset(command, arguments->preset);
    add_data_dir(command, arguments->options.data_dir);
    add_count(command, "--threads", arguments->threads,
              "Threads that train; 0: all cores, eight at most, and one fewer while somebody "
              "touches the window",
              0, kMostThreads);
    add_test_options(command, *arguments);
    command.callback([arguments, command] {
        check_run_folder(*arguments, command);
        complete_options(arguments->options.config, arguments->preset, command);
        open_window(*arguments);
    });
}

}  // namespace elbow::commands
