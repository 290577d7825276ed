#pragma once

// How long something takes.

#include <chrono>
#include <functional>

namespace elbow::bench {

double seconds_since(std::chrono::steady_clock::time_point);

// The median over the calls that begin within the time, at least one. ms
double median_call_ms(double seconds, const std::function<void()>& call);

}  // namespace elbow::bench
