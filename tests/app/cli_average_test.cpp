// A run that averages its weights, from `elbow train` to what is made of it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::bytes_of;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::json_lines;
using testing_support::json_of;
using testing_support::small_training;
using testing_support::TemporaryFolder;

class CliAverage : public ::testing::Test {
  protected:
    void SetUp() override {
        trained_ = elbow_with(small_training({"--samples", "5e3", "--batch", "50", "--average",
                                              "tail", "--json", "--out", run("averaged")}));
        ASSERT_EQ(trained_.exit_code, 0) << trained_.err;
    }
    std::string run(const char* name) const { return (folder_ / name).string(); }
    double last_bound() const { return json_lines(trained_.out).back()["test_bound"].number(); }

    TemporaryFolder folder_;
    ChildResult trained_;
};

TEST_F(CliAverage, IsEvaluatedToTheSameNumbers) {
    const ChildResult result = elbow_with({"eval", run("averaged"), "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(json_of(result.out)["test_bound"].number(), last_bound());
    EXPECT_THAT(elbow_with({"eval", run("averaged")}).out, HasSubstr("averaged weights"));
}

TEST_F(CliAverage, GoesOnAsIfItHadNeverStoppedWhicheverWeightsAreShown) {
    const auto goes_on = [&](const char* weights, const char* out) {
        return elbow_with({"train", "--resume", run("averaged"), "--samples", "1e3", "--weights",
                           weights, "--out", run(out)});
    };
    ASSERT_EQ(goes_on("averaged", "a").exit_code, 0);
    const ChildResult live = goes_on("live", "b");
    ASSERT_EQ(live.exit_code, 0) << live.err;
    EXPECT_THAT(live.out, Not(HasSubstr("averaged weights)")));
    EXPECT_NE(bytes_of(run("a") + "/model.safetensors"), bytes_of(run("b") + "/model.safetensors"));
    EXPECT_EQ(elbow_with({"train", "--resume", run("b"), "--samples", "0", "--weights", "averaged"})
                  .exit_code,
              0);
    EXPECT_EQ(io::load_run(run("a")).checkpoint.parameters,
              io::load_run(run("b")).checkpoint.parameters);
}

TEST_F(CliAverage, IsNamedInTheReport) {
    const ChildResult result = elbow_with({"train", "--repeat", run("averaged")});
    EXPECT_THAT(result.out, AllOf(HasSubstr("one noise sample each, averaged weights."),
                                  HasSubstr("average tail")));
}

}  // namespace
}  // namespace elbow
