#pragma once

// How long a call takes when it is made again and again.

#include <functional>

namespace elbow::bench {

// The median of the calls that begin within the time, of which there is one at least. ms
double median_call_ms(double seconds, const std::function<void()>& call);

}  // namespace elbow::bench
