#include "app/bench/stepping.h"

#include <chrono>
#include <utility>
#include <vector>

#include "app/bench/call_time.h"
#include "engine/core/processor_time.h"

namespace elbow::bench {
namespace {

constexpr int kWarmUpSteps = 10;

}  // namespace

Stepping::Stepping(std::string part, std::string subject, const RunConfig& config,
                   std::shared_ptr<const data::Dataset> images, int threads)
    : part_(std::move(part)),
      subject_(std::move(subject)),
      threads_(threads),
      images_(config.minibatch),
      session_(config, std::move(images), threads) {
    for (int i = 0; i < kWarmUpSteps; ++i) session_.step();
}

std::string Stepping::text() const {
    return subject_ + ", " + std::to_string(threads_) + (threads_ == 1 ? " thread" : " threads");
}

double Stepping::measure(double seconds, Figures& figures) {
    std::vector<double> step_ms;
    const auto start = std::chrono::steady_clock::now();
    for (double before_s = 0.0; step_ms.empty() || before_s < seconds;) {
        session_.step();
        const double now_s = seconds_since(start);
        step_ms.push_back((now_s - before_s) * 1e3);
        before_s = now_s;
    }
    const auto steps = static_cast<double>(step_ms.size());
    const double images_per_s = steps * images_ / seconds_since(start);
    session_.take_train_records();  // which would only pile up
    add(figures, "images/s", images_per_s);
    add(figures, "step p50, ms", percentile(step_ms, 0.5));
    add(figures, "step p99, ms", percentile(step_ms, 0.99));
    return images_per_s;
}

void Stepping::measure_path(double seconds, Figures& figures) {
    TeamTimes times;
    session_.time_into(&times);
    const auto start = std::chrono::steady_clock::now();
    const double began_s = processor_time_s();
    int steps = 0;
    do {
        session_.step();
        ++steps;
    } while (seconds_since(start) < seconds);
    const double alone_s = processor_time_s() - began_s - times.caller_s;
    session_.time_into(nullptr);
    session_.take_train_records();
    add(figures, "with a core each, images/s", steps * images_ / (times.path_s + alone_s));
    add(figures, "busy, % of the threads' time",
        100.0 * (times.work_s + alone_s) / (threads_ * (times.path_s + alone_s)));
}

void Stepping::add(Figures& figures, const char* quantity, double value) const {
    figures.add(part_, subject_, threads_, quantity, value);
}

}  // namespace elbow::bench
