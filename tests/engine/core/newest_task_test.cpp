#include "engine/core/newest_task.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include "engine/core/error.h"

namespace elbow {
namespace {

template <class Result>
std::unique_ptr<Task<Result>> end_of(NewestTask<Result>& work) {
    for (int i = 0; i < 10'000; ++i) {
        if (auto ended = work.poll()) return ended;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return nullptr;
}

TEST(NewestTask, IsReportedOnceWithItsResultOrWhatItThrew) {
    NewestTask<int> work;
    EXPECT_FALSE(work.busy());
    work.start([](Progress&) { return 7; });
    const auto ended = end_of(work);
    ASSERT_NE(ended, nullptr);
    EXPECT_EQ(ended->take(), 7);
    EXPECT_FALSE(work.busy());
    EXPECT_EQ(work.poll(), nullptr);
    work.start([](Progress&) -> int { throw Error("no luck"); });
    const auto failed = end_of(work);
    ASSERT_NE(failed, nullptr);
    EXPECT_THROW(failed->take(), Error);
}

TEST(NewestTask, OneThatWasOvertakenIsToldToStopAndNeverReported) {
    NewestTask<int> work;
    std::atomic<bool> stopped{false};
    work.start([&](Progress& progress) {
        while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stopped = true;
        return 1;
    });
    work.start([](Progress&) { return 2; });
    const auto ended = end_of(work);
    ASSERT_NE(ended, nullptr);
    EXPECT_EQ(ended->take(), 2);
    work.start([&](Progress& progress) {
        while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return 3;
    });
    work.overtake();
    EXPECT_FALSE(work.busy());
    EXPECT_EQ(work.poll(), nullptr);
    while (!stopped) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace
}  // namespace elbow
