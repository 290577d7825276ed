#pragma once

// The machine's steady clock. Any thread.

#include <chrono>

namespace elbow {

// Seconds since a moment that is the same for all processes; never decreases.
inline double steady_now_s() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace elbow
