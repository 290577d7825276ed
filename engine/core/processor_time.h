#pragma once

// What a thread has computed. Any thread.

#include <ctime>

namespace elbow {

// Processor time of the calling thread, seconds since it began.
inline double processor_time_s() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace elbow
