#include "engine/io/run_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

std::string refusal(const fs::path& folder) {
    try {
        const RunLock lock(folder);
    } catch (const Error& error) {
        return error.what();
    }
    return "it was given";
}

TEST(RunLock, IsHeldByOneAndTheSecondIsToldByWhom) {
    const TemporaryFolder folder;
    {
        const RunLock lock(folder.path());
        EXPECT_TRUE(is_locked(folder.path()));
        EXPECT_THAT(refusal(folder.path()),
                    AllOf(HasSubstr(folder.path().string()), HasSubstr("in use"),
                          HasSubstr("process " + std::to_string(::getpid())),
                          HasSubstr("Choose another folder")));
    }
    EXPECT_FALSE(is_locked(folder.path()));
    EXPECT_FALSE(is_locked(folder / "nowhere"));
    EXPECT_EQ(refusal(folder.path()), "it was given");
}

TEST(RunLock, LeavesNothingBehind) {
    const TemporaryFolder folder;
    { const RunLock lock(folder / "a/b/c/"); }
    EXPECT_TRUE(fs::is_empty(folder.path()));
    {
        const RunLock lock(folder / "a/b");
        write_file_atomically(folder / "a/b/run.json", std::string_view("saved"));
    }
    EXPECT_TRUE(fs::exists(folder / "a/b/run.json"));
    EXPECT_FALSE(fs::exists(folder / "a/b/run.lock"));
}

TEST(RunLock, MovesWithItsOwner) {
    const TemporaryFolder folder;
    RunLock first(folder / "one");
    RunLock second = std::move(first);
    EXPECT_THAT(refusal(folder / "one"), HasSubstr("in use"));
    second = RunLock(folder / "two");
    EXPECT_EQ(refusal(folder / "one"), "it was given");
    EXPECT_THAT(refusal(folder / "two"), HasSubstr("in use"));
}

TEST(RunLock, GoesWithAProgramThatIsKilled) {
    const TemporaryFolder folder;
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        const RunLock lock(folder.path());
        const char told = 1;
        if (::write(ready[1], &told, 1) == 1) ::pause();
        ::_exit(1);
    }
    char told = 0;
    ASSERT_EQ(::read(ready[0], &told, 1), 1);
    EXPECT_THAT(refusal(folder.path()), HasSubstr("process " + std::to_string(child)));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(fs::exists(folder / "run.lock"));
    EXPECT_EQ(refusal(folder.path()), "it was given");
    EXPECT_TRUE(fs::is_empty(folder.path()));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(RunLock, FollowsNoLinkAndWaitsForNoPipe) {
    const TemporaryFolder folder;
    write_file_atomically(folder / "precious", std::string_view("mine"));
    fs::create_symlink(folder / "precious", folder / "run.lock");
    EXPECT_THAT(refusal(folder.path()), HasSubstr("run.lock"));
    fs::remove(folder / "run.lock");
    ASSERT_EQ(::mkfifo((folder / "run.lock").c_str(), 0600), 0);
    EXPECT_THAT(refusal(folder.path()), HasSubstr("not a file"));
    EXPECT_EQ(read_file(folder / "precious").size(), 4U);
}

TEST(RunLock, IsTakenAnewWhereTheFolderWasRemoved) {
    const TemporaryFolder folder;
    RunLock lock(folder / "run");
    fs::remove_all(folder / "run");
    lock.renew();
    EXPECT_THAT(refusal(folder / "run"), HasSubstr("in use"));
    fs::remove_all(folder / "run");
    const RunLock other(folder / "run");
    EXPECT_THROW(lock.renew(), Error);
}

// Those who let go remove the file that others have just opened.
TEST(RunLock, IsNeverHeldTwiceAtATime) {
    const TemporaryFolder folder;
    std::atomic<int> holders{0}, given{0}, together{0};
    const auto come_and_go = [&] {
        for (int i = 0; i < 500; ++i) {
            try {
                const RunLock lock(folder.path());
                if (++holders > 1) ++together;
                ++given;
                --holders;
            } catch (const Error&) {  // another thread has it
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        threads.reserve(4);
        for (int i = 0; i < 4; ++i) threads.emplace_back(come_and_go);
    }
    EXPECT_GT(given, 0);
    EXPECT_EQ(together, 0);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace elbow::io
