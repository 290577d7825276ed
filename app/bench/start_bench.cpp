// How long one waits after a start, on images drawn in code and with all files in the page cache.

#include <map>

#include "app/bench/bench.h"
#include "app/bench/child.h"
#include "engine/core/clock.h"
#include "engine/core/error.h"

namespace elbow::bench {
namespace {

constexpr const char* kStartPart = "start";

using Events = std::map<std::string, double>;  // steady_s

// Starts elbow, waits for the events, ends it and returns when they came: seconds from just before
// the process was made.
Events start_and_wait(std::vector<std::string> arguments, const std::vector<std::string>& events,
                      const std::function<void()>& poll) {
    const ScratchFolder folder;
    const std::filesystem::path log = folder / "start.csv";
    arguments.push_back("--start-log");
    arguments.push_back(log.string());
    Events found;
    const auto all_seen = [&] {
        found = read_events(log);
        for (const std::string& event : events) {
            if (found.count(event) == 0) return false;
        }
        return true;
    };
    const double start_s = steady_now_s();
    run_elbow_until_seen(arguments, [&] {
        poll();
        if (all_seen()) throw Seen();
    });
    if (!all_seen()) {
        throw Error("`elbow " + arguments.front() + "` ended before it had come to the event '" +
                    events.back() + "', which was to be measured.");
    }
    for (auto& [event, at_s] : found) at_s -= start_s;
    return found;
}

}  // namespace

void bench_start(const BenchOptions& options, bool window, Figures& figures) {
    const std::string threads = std::to_string(options.threads);
    options.next("a first start, to have the files in memory");
    run_elbow({"--version"}, [] {});
    const auto add = [&](const char* subject, const char* quantity, double value) {
        figures.add(kStartPart, subject, options.threads, quantity, value);
    };
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        if (window) {
            const Events events =
                start_and_wait({"gui", "--dataset", "shapes", "--threads", threads, "--size",
                                "1600x1000", "--exit-after", "30"},
                               {"first_frame", "first_trained_picture"},
                               [&] { options.next("the start of the window"); });
            add("elbow gui", "first frame, s", events.at("first_frame"));
            add("elbow gui", "first trained picture, s", events.at("first_trained_picture"));
        }
        const Events events = start_and_wait(
            {"train", "--dataset", "shapes", "--threads", threads, "--samples", "1000", "--json"},
            {"first_step"}, [&] { options.next("the start of training"); });
        add("elbow train", "first step, s", events.at("first_step"));
    }
}

}  // namespace elbow::bench
