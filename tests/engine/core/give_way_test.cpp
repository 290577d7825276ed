#include "engine/core/give_way.h"

#include <gtest/gtest.h>

#include <thread>

namespace elbow {
namespace {

int nice_of_this_thread() { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }

TEST(GiveWay, IsOfTheThreadAndThoseItStarts) {
    const int before = nice_of_this_thread();
    int own = 0, started = 0;
    std::thread([&] {
        give_way();
        own = nice_of_this_thread();
        std::thread([&] { started = nice_of_this_thread(); }).join();
    }).join();
    EXPECT_EQ(own, 10);
    EXPECT_EQ(started, 10);
    EXPECT_EQ(nice_of_this_thread(), before);
}

}  // namespace
}  // namespace elbow
