#pragma once

// How long a call takes when it is repeated.

#include <functional>

namespace elbow::bench {

// The median over the calls that begin within the time, at least one. ms
double median_call_ms(double seconds, const std::function<void()>& call);

}  // namespace elbow::bench
