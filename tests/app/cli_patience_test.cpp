// A training that ends because nothing gets better, and the weights of when it was best.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

TEST(CliPatience, EndsTheTrainingAndKeepsTheBest) {
    const TemporaryFolder folder;
    const std::string run = (folder / "run").string();
    // A step that is far too large soon does harm.
    const ChildResult ended =
        elbow_with(small_training({"--train-images", "200", "--batch", "20", "--samples", "1e6",
                                   "--step-size", "0.03", "--patience", "2", "--out", run}));
    ASSERT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_THAT(ended.err, AllOf(HasSubstr("the training ends here"), HasSubstr("--weights best")));
    const io::SavedRun saved = io::load_run(run);
    EXPECT_LT(saved.checkpoint.samples, 1'000'000);
    ASSERT_TRUE(saved.checkpoint.best);
    EXPECT_EQ(saved.checkpoint.best->evaluations_since, 2);

    ASSERT_EQ(
        elbow_with({"train", "--resume", run, "--samples", "0", "--weights", "best"}).exit_code, 0);
    const ChildResult evaluated = elbow_with({"eval", run, "--json"});
    ASSERT_EQ(evaluated.exit_code, 0) << evaluated.err;
    EXPECT_EQ(json_of(evaluated.out)["test_bound"].number(), saved.checkpoint.best->score);
    EXPECT_THAT(elbow_with({"eval", run}).out, HasSubstr("best weights"));
}

}  // namespace
}  // namespace elbow
