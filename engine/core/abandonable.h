#pragma once

// Work of a library that cannot be told to stop, such as decoding one large picture: whoever wants
// to stop leaves it alone, and it ends by itself. Any thread.

#include <chrono>
#include <functional>
#include <future>
#include <thread>
#include <utility>

#include "engine/core/progress.h"

namespace elbow {

// What the work returns, or throws. It runs on a thread of its own, has to own all that it uses,
// and takes seconds at most. Throws Cancelled soon after `progress` is cancelled, without waiting
// for the end of the work: the one place where a thread is left to itself.
template <class Result>
Result run_abandonable(std::function<Result()> work, const Progress& progress) {
    constexpr std::chrono::milliseconds kLookEvery{10};
    std::packaged_task<Result()> task(std::move(work));
    std::future<Result> result = task.get_future();
    std::thread(std::move(task)).detach();
    while (result.wait_for(kLookEvery) != std::future_status::ready) progress.throw_if_cancelled();
    return result.get();
}

}  // namespace elbow
