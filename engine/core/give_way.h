#pragma once

// Lets the calling thread, and those that it starts from now on, compute only as far as the other
// threads of the session leave the cores free: Linux has a priority for each thread, and lowers it
// for anybody who asks. It cannot be raised again.

#include <sys/resource.h>
#include <unistd.h>

namespace elbow {

// A tenth of what a thread gets that has not been lowered, where both want the same core.
inline void give_way() {
    constexpr int kNice = 10;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNice);
}

}  // namespace elbow
