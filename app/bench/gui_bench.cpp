// How fluid the window is while it trains, and what it costs the training: both as processes of
// their own, one after the other.

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "app/bench/bench.h"
#include "app/bench/child.h"
#include "app/bench/frame_rows.h"
#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/file.h"

namespace elbow::bench {
namespace {

constexpr const char* kGuiPart = "gui";
constexpr double kLeastWatching_s = 3.0;
constexpr std::size_t kFewestFrames = 3;
constexpr double kMostLoading_s = 120.0;  // until the window trains, on the busiest machine

std::string seconds_text(double seconds) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", seconds);
    return text;
}

std::string subject() { return "window of 1600 x 1000, 784-500-2"; }

// What both processes train.
std::vector<std::string> training(const char* command, const BenchOptions& options) {
    return {command,
            "--dataset",
            "shapes",
            "--latent",
            "2",
            "--threads",
            std::to_string(options.threads)};
}

// Images a second without a window.
double headless_images_per_s(double seconds, const BenchOptions& options) {
    std::vector<std::string> arguments = training("train", options);
    for (const std::string& each :
         {std::string("--json"), std::string("--seconds"), seconds_text(seconds)}) {
        arguments.push_back(each);
    }
    const ProcessResult result =
        run_elbow(arguments, [&] { options.next("training without a window"); });
    const Json last = json_of_last_line(result);
    return last.at("samples").number() / last.at("seconds").number();
}

std::vector<FrameRow> frames_so_far(const std::filesystem::path& log) {
    std::istringstream file(read_text_file(log));
    return training_frames(read_frames(file));
}

// From its first picture of trained weights on.
std::vector<FrameRow> watch_window(double seconds, const BenchOptions& options) {
    const ScratchFolder folder;
    const std::filesystem::path frames = folder / "frames.csv", start = folder / "start.csv";
    std::vector<std::string> arguments = training("gui", options);
    for (const std::string& each :
         {std::string("--size"), std::string("1600x1000"), std::string("--exit-after"),
          seconds_text(kMostLoading_s + seconds), std::string("--frame-log"), frames.string(),
          std::string("--start-log"), start.string()}) {
        arguments.push_back(each);
    }
    std::optional<double> began_s;
    run_elbow_until_seen(arguments, [&] {
        options.next("the window, while it trains");
        if (!began_s && read_events(start).contains("first_trained_picture"))
            began_s = steady_now_s();
        if (began_s && steady_now_s() - *began_s >= seconds &&
            frames_so_far(frames).size() >= kFewestFrames)
            throw Seen();
    });
    return frames_so_far(frames);
}

void add_window(const std::vector<FrameRow>& rows, const BenchOptions& options, Figures& figures) {
    std::vector<double> frames_ms, images_per_s;
    frames_ms.reserve(rows.size());
    images_per_s.reserve(rows.size());
    for (const FrameRow& row : rows) {
        frames_ms.push_back(row.frame_ms);
        images_per_s.push_back(row.images_per_s);
    }
    const auto add = [&](const char* quantity, double value) {
        figures.add(kGuiPart, subject(), options.threads, quantity, value);
    };
    add("frame p50, ms", percentile(frames_ms, 0.5));
    add("frame p99, ms", percentile(frames_ms, 0.99));
    add("frames/s",
        static_cast<double>(rows.size() - 1) / (rows.back().time_s - rows.front().time_s));
    add("images/s", spread_of(std::move(images_per_s)).median);
}

}  // namespace

bool display_is_named() {
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return true;
    }
    return false;
}

void bench_gui(const BenchOptions& options, Figures& figures) {
    if (!display_is_named()) {
        throw Error(
            "The window cannot be measured: a display was expected, and neither DISPLAY nor "
            "WAYLAND_DISPLAY names one. Run this in a desktop session, or under xvfb-run, where "
            "the processor draws.");
    }
    const double watching_s = std::max(kLeastWatching_s, 4.0 * options.seconds);
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        const auto rows = watch_window(watching_s, options);
        if (rows.size() < kFewestFrames) {
            throw Error("The window had not yet trained when it was closed after " +
                        seconds_text(kMostLoading_s + watching_s) +
                        " s, so there is nothing to measure. End what else keeps the machine "
                        "busy.");
        }
        add_window(rows, options, figures);
        figures.add(kGuiPart, "without a window, 784-500-2", options.threads, "images/s",
                    headless_images_per_s(std::max(1.0, options.seconds), options));
    }
}

}  // namespace elbow::bench
