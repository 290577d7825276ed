#include "engine/core/memory.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "engine/core/task.h"

namespace elbow {
namespace {

constexpr std::size_t kBlocks = 1600;
constexpr std::size_t kBlockBytes = 64 << 10;  // small enough for glibc to keep
constexpr std::size_t kTaken = kBlocks * kBlockBytes;

// Takes 100 MB on another thread's heap, and frees all but the block on top of them, as any small
// thing that lives longer may lie there.
std::vector<char> churn() {
    std::vector<std::vector<char>> blocks;
    for (std::size_t i = 0; i < kBlocks; ++i) blocks.emplace_back(kBlockBytes, 'x');
    return std::vector<char>(kBlockBytes, 'y');
}

void skip_where_it_is_not_glibcs() {
#if !defined(__GLIBC__) || defined(ELBOW_SANITIZED)
    GTEST_SKIP() << "another allocator";
#endif
}

TEST(Memory, WhatWasFreedIsGivenBack) {
    skip_where_it_is_not_glibcs();
    if (testing::Test::IsSkipped()) return;
    const std::uint64_t before = resident_memory();
    std::vector<char> on_top;
    std::thread([&] { on_top = churn(); }).join();
    ASSERT_GT(resident_memory(), before + kTaken / 2) << "glibc no longer keeps it";
    return_freed_memory();
    EXPECT_LT(resident_memory(), before + kTaken / 4);
}

// As it comes, glibc keeps a buffer of a size once another one of that size has been freed.
TEST(Memory, ALargeBufferIsGivenBackAtOnce) {
    skip_where_it_is_not_glibcs();
    if (testing::Test::IsSkipped()) return;
    return_large_buffers();
    for (int i = 0; i < 3; ++i) {
        const std::uint64_t before = resident_memory();
        auto buffer = std::make_unique<std::vector<char>>(std::size_t{24} << 20, 'x');
        auto on_top = std::make_unique<std::vector<char>>(kBlockBytes, 'y');
        ASSERT_GT(resident_memory(), before + (std::size_t{16} << 20));
        buffer.reset();
        EXPECT_LT(resident_memory(), before + (std::size_t{8} << 20)) << i;
    }
}

TEST(Memory, ATaskKeepsNoneOfWhatItFreed) {
    skip_where_it_is_not_glibcs();
    if (testing::Test::IsSkipped()) return;
    const std::uint64_t before = resident_memory();
    Task<std::vector<char>> task([](Progress&) { return churn(); });
    task.wait();
    EXPECT_LT(resident_memory(), before + kTaken / 4);
}

}  // namespace
}  // namespace elbow
