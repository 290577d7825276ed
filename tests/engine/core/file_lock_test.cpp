#include "engine/core/file_lock.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <utility>

#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using testing_support::TemporaryFolder;

TEST(FileLockTest, OneHoldsItUntilItLetsGo) {
    const TemporaryFolder folder;
    const fs::path file = folder / "lock";
    {
        FileLock first = FileLock::on_file(file);
        EXPECT_TRUE(first.held());
        const FileLock second(file);
        EXPECT_FALSE(second.held());
        EXPECT_TRUE(second.busy());
        const FileLock moved = std::move(first);
        EXPECT_TRUE(moved.held());
        EXPECT_TRUE(FileLock(file).busy());
    }
    EXPECT_TRUE(FileLock(file).held());
}

TEST(FileLockTest, AFolderCanBeLockedAndNothingThatIsNotThere) {
    const TemporaryFolder folder;
    const FileLock lock(folder.path());
    EXPECT_TRUE(lock.held());
    EXPECT_TRUE(FileLock(folder.path()).busy());
    const FileLock none(folder / "nowhere");
    EXPECT_FALSE(none.held());
    EXPECT_FALSE(none.busy());
    EXPECT_FALSE(fs::exists(folder / "nowhere"));
}

TEST(FileLockTest, KnowsWhetherThePathIsStillThatOfTheLock) {
    const TemporaryFolder folder;
    const fs::path file = folder / "lock";
    const FileLock lock = FileLock::on_file(file);
    EXPECT_TRUE(lock.is_at(file));
    fs::remove(file);
    EXPECT_FALSE(lock.is_at(file));
    std::ofstream(file) << "another";
    EXPECT_FALSE(lock.is_at(file));
}

TEST(FileLockTest, APipeIsNotWaitedFor) {
    const TemporaryFolder folder;
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_FALSE(FileLock(folder / "pipe").busy());
}

}  // namespace
}  // namespace elbow
