#include "engine/core/abandonable.h"

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <string>

#include "engine/core/error.h"

namespace elbow {
namespace {

TEST(Abandonable, ReturnsOrThrowsWhatTheWorkDoes) {
    const Progress progress;
    EXPECT_EQ(run_abandonable<std::string>([] { return std::string("done"); }, progress), "done");
    EXPECT_THROW(run_abandonable<int>([]() -> int { throw UsageError("no"); }, progress),
                 UsageError);
}

TEST(Abandonable, LeavesWorkThatIsCancelledToItself) {
    struct Shared {
        std::latch may_end{1}, ended{1};
    };
    const auto shared = std::make_shared<Shared>();
    Progress progress;
    progress.cancel();
    EXPECT_THROW(run_abandonable<int>(
                     [shared] {
                         shared->may_end.wait();
                         shared->ended.count_down();
                         return 1;
                     },
                     progress),
                 Cancelled)
        << "while the work still waits";
    shared->may_end.count_down();
    shared->ended.wait();
}

}  // namespace
}  // namespace elbow
