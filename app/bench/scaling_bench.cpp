// How the training step scales with cores, also with those that this machine lacks: a team of so
// many threads makes the step, each member's processor time between two barriers is taken, and the
// slowest one is what the others would wait for.

#include <memory>
#include <thread>

#include "app/bench/bench.h"
#include "app/bench/cases_named.h"
#include "app/bench/stepping.h"
#include "app/bench/train_cases.h"

namespace elbow::bench {
namespace {

constexpr const char* kPart = "scaling";
constexpr int kThreads[] = {1, 2, 4, 8, 16};

}  // namespace

void bench_scaling(const BenchOptions& options, Figures& figures) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    std::vector<std::unique_ptr<Stepping>> all;
    for (const TrainCase& each : cases_named(train_cases(), options.model, "model")) {
        for (const int threads : kThreads) {
            options.next("making ready " + each.name);
            all.push_back(
                std::make_unique<Stepping>(kPart, each.name, each.config, each.images, threads));
        }
    }
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        for (const auto& stepping : all) {
            options.next(stepping->text());
            if (stepping->threads() <= cores) stepping->measure(options.seconds, figures);
            stepping->measure_path(options.seconds, figures);
        }
    }
}

}  // namespace elbow::bench
