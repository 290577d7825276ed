#include "engine/io/room.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "engine/core/error.h"
#include "tests/temporary_folder.h"

namespace elbow::io {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::TemporaryFolder;

train::Checkpoint checkpoint_of(std::size_t values) {
    train::Checkpoint checkpoint;
    checkpoint.parameters.resize(values);
    checkpoint.optimizer_state.push_back({"adam.first_moment", std::vector<float>(values)});
    checkpoint.estimator_state.push_back({"mcem.chains", std::vector<float>(values)});
    return checkpoint;
}

std::string why_no_room(const fs::path& folder, const train::Checkpoint& checkpoint) {
    try {
        check_room(folder, checkpoint);
    } catch (const Error& error) {
        return error.what();
    }
    return "there is room";
}

// With a limit on the size of files, as `ulimit -f` sets it.
class FileLimit {
  public:
    explicit FileLimit(rlim_t bytes) {
        handler_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, handler_);
    }
    FileLimit(const FileLimit&) = delete;
    FileLimit& operator=(const FileLimit&) = delete;

  private:
    rlimit before_{};
    sighandler_t handler_ = SIG_DFL;
};

TEST(Room, IsThereForASmallRunAndLeavesNothing) {
    const TemporaryFolder folder;
    EXPECT_EQ(why_no_room(folder.path(), checkpoint_of(1000)), "there is room");
    EXPECT_EQ(why_no_room(folder / "not/there", checkpoint_of(1000)), "there is room");
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

// What the optimiser and the estimator remember is in one file.
TEST(Room, KnowsTheLimitOnTheSizeOfAFile) {
    const TemporaryFolder folder;
    const FileLimit limit(10'000'000);
    EXPECT_EQ(why_no_room(folder.path(), checkpoint_of(1'100'000)), "there is room");
    EXPECT_THAT(why_no_room(folder.path(), checkpoint_of(1'300'000)),
                AllOf(HasSubstr("ulimit -f"), HasSubstr(folder.path().string())));
}

TEST(Room, IsNotThereOnAMediumThatCannotBeWritten) {
    EXPECT_THAT(why_no_room("/proc/run", checkpoint_of(1000)), HasSubstr("cannot be saved there"));
}

TEST(Room, NeedsAPathThatIsNotTooLong) {
    fs::path deep = "/tmp";
    while (deep.string().size() < 4050) deep /= std::string(20, 'd');
    EXPECT_THAT(why_no_room(deep, checkpoint_of(1000)), HasSubstr("shorter name"));
}

}  // namespace
}  // namespace elbow::io
