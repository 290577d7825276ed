#include "app/bench/call_time.h"

#include <chrono>
#include <utility>
#include <vector>

#include "app/bench/figures.h"

namespace elbow::bench {

double median_call_ms(double seconds, const std::function<void()>& call) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> calls_ms;
    const auto start = Clock::now();
    const auto passed_s = [start] {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    for (double before_s = 0.0; calls_ms.empty() || before_s < seconds;) {
        call();
        const double now_s = passed_s();
        calls_ms.push_back((now_s - before_s) * 1e3);
        before_s = now_s;
    }
    return spread_of(std::move(calls_ms)).median;
}

}  // namespace elbow::bench
