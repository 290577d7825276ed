// The program without LibTorch's module, which is built last.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Arguments;
using testing_support::ChildProcess;
using testing_support::ChildResult;
using testing_support::command_line;
using testing_support::small_training;
using testing_support::TemporaryFolder;

// A copy of the program has no module beside it.
class CliModule : public ::testing::Test {
  protected:
    CliModule() { fs::copy_file(command_line({}).front(), folder_ / "elbow"); }

    ChildResult train(const std::string& gradients) const {
        Arguments line = small_training({"--samples", "100", "--gradients", gradients});
        line.insert(line.begin(), (folder_ / "elbow").string());
        return ChildProcess(line).wait();
    }

    TemporaryFolder folder_;
};

TEST_F(CliModule, IsMissedOnlyWhereItIsNeeded) {
    const ChildResult missed = train("autograd");
    EXPECT_EQ(missed.exit_code, 1);
    EXPECT_THAT(missed.err, AllOf(HasSubstr("could not be opened"), HasSubstr("build all targets"),
                                  HasSubstr("--gradients fused")));
    const ChildResult fused = train("fused");
    EXPECT_EQ(fused.exit_code, 0) << fused.err;
}

TEST_F(CliModule, IsWaitedForWhileItIsBuilt) {
    write_file_atomically(folder_ / "libelbow_autograd.so.building", std::string_view());
    const ChildResult result = train("autograd");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, AllOf(HasSubstr("still being built"), HasSubstr("--gradients fused"),
                                  HasSubstr("scripts/build elbow_autograd")));
}

}  // namespace
}  // namespace elbow
