#include "app/bench/call_time.h"

#include <chrono>
#include <utility>
#include <vector>

#include "app/bench/figures.h"

namespace elbow::bench {

double seconds_since(std::chrono::steady_clock::time_point then) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

double median_call_ms(double seconds, const std::function<void()>& call) {
    std::vector<double> calls_ms;
    const auto start = std::chrono::steady_clock::now();
    for (double before_s = 0.0; calls_ms.empty() || before_s < seconds;) {
        call();
        const double now_s = seconds_since(start);
        calls_ms.push_back((now_s - before_s) * 1e3);
        before_s = now_s;
    }
    return spread_of(std::move(calls_ms)).median;
}

}  // namespace elbow::bench
