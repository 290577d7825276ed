#include "engine/core/ordered_work.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/core/error.h"

namespace elbow {
namespace {

using ::testing::ElementsAre;

TEST(OrderedWork, HandsItemsOnInTheirOrderWhoeverIsReadyFirst) {
    std::latch second_done(1);
    std::vector<int> taken;
    OrderedWork<int> work(
        2, 100,
        [&](int& item) {
            if (item == 1) second_done.wait();
            if (item == 2) second_done.count_down();
            item *= 10;
        },
        [&](int&& item) { taken.push_back(item); });
    for (const int item : {1, 2, 3}) work.add(item, 1);
    work.finish();
    EXPECT_THAT(taken, ElementsAre(10, 20, 30));
}

TEST(OrderedWork, KeepsNoMoreUnderWayThanItMay) {
    int added = 0, most = 0, taken = 0;
    OrderedWork<int> work(
        2, 20, [](int&) {}, [&](int&& item) { EXPECT_EQ(item, taken++); });
    for (; added < 1000; ++added) {
        work.add(added, 2);
        most = std::max(most, added + 1 - taken);
    }
    work.finish();
    EXPECT_EQ(taken, 1000);
    EXPECT_LE(most, 10);
}

TEST(OrderedWork, KeepsAllThreadsBusyHoweverHeavyTheItemsAre) {
    std::latch both(2);
    OrderedWork<int> work(
        2, 1, [&](int&) { both.arrive_and_wait(); }, [](int&&) {});
    work.add(1, 100);
    work.add(2, 100);
    work.finish();
}

TEST(OrderedWork, ThrowsWhatAnItemThrewWhenItIsItsTurn) {
    std::vector<int> taken;
    OrderedWork<int> work(
        2, 100,
        [](int& item) {
            if (item == 3) throw Error("three");
        },
        [&](int&& item) { taken.push_back(item); });
    std::optional<std::string> failure;
    try {
        for (int item = 1; item < 10; ++item) work.add(item, 1);
        work.finish();
    } catch (const Error& error) {
        failure = error.what();
    }
    EXPECT_EQ(failure, "three");
    EXPECT_THAT(taken, ElementsAre(1, 2));
}

TEST(OrderedWork, DropsWhatNobodyHasBegunWhereItEndsEarly) {
    std::atomic<int> begun{0};
    {
        OrderedWork<int> work(
            1, 1000,
            [&](int&) {
                ++begun;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            },
            [](int&&) {});
        for (int item = 0; item < 50; ++item) work.add(item, 1);
    }
    EXPECT_LT(begun.load(), 50);
}

}  // namespace
}  // namespace elbow
