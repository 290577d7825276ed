// How `elbow train` fits a schedule of the step size to the length of a training.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/app/elbow_program.h"
#include "tests/temporary_folder.h"

namespace elbow {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing_support::Arguments;
using testing_support::bytes_of;
using testing_support::ChildResult;
using testing_support::elbow_with;
using testing_support::small_training;
using testing_support::TemporaryFolder;

class CliSchedule : public ::testing::Test {
  protected:
    std::string run(const char* name) const { return (folder_ / name).string(); }
    static train::Checkpoint saved(const std::string& run) { return io::load_run(run).checkpoint; }

  private:
    TemporaryFolder folder_;
};

TEST_F(CliSchedule, EndsWithTheTraining) {
    ASSERT_EQ(elbow_with(small_training({"--schedule", "cosine", "--samples", "2000", "--batch",
                                         "50", "--out", run("a")}))
                  .exit_code,
              0);
    EXPECT_EQ(saved(run("a")).config.schedule_images, 2000);
    const auto last = saved(run("a")).training.back();
    EXPECT_LT(last.readings.at(0), 0.06 * saved(run("a")).config.step_size);
    EXPECT_GT(last.readings.at(0), 0.0);
}

TEST_F(CliSchedule, IsExtendedWhereTheRunGoesOnBeyondIt) {
    ASSERT_EQ(elbow_with(small_training({"--schedule", "cosine", "--samples", "2000", "--batch",
                                         "50", "--out", run("a")}))
                  .exit_code,
              0);
    ASSERT_EQ(elbow_with({"train", "--resume", run("a"), "--samples", "3000"}).exit_code, 0);
    ASSERT_EQ(saved(run("a")).changes.size(), 1U);
    EXPECT_EQ(saved(run("a")).changes[0].step, 40);
    EXPECT_EQ(saved(run("a")).changes[0].option, "schedule-images");
    EXPECT_EQ(saved(run("a")).changes[0].value, "5000");
    ASSERT_EQ(elbow_with({"train", "--repeat", run("a"), "--out", run("b")}).exit_code, 0);
    EXPECT_EQ(bytes_of(run("a") + "/model.safetensors"), bytes_of(run("b") + "/model.safetensors"));
}

TEST_F(CliSchedule, IsKeptWhereARunThatWasStoppedGoesOnWithinIt) {
    const Arguments plan = {"--schedule", "cosine", "--schedule-images", "4000", "--batch", "50"};
    const auto trained = [&](const char* name, const char* samples) {
        Arguments all = small_training(plan);
        all.insert(all.end(), {"--samples", samples, "--out", run(name)});
        return elbow_with(all).exit_code;
    };
    ASSERT_EQ(trained("whole", "4000"), 0);
    ASSERT_EQ(trained("parts", "1500"), 0);
    ASSERT_EQ(elbow_with({"train", "--resume", run("parts"), "--samples", "2500"}).exit_code, 0);
    EXPECT_TRUE(saved(run("parts")).changes.empty());
    EXPECT_EQ(bytes_of(run("parts") + "/model.safetensors"),
              bytes_of(run("whole") + "/model.safetensors"));
}

TEST_F(CliSchedule, IsRefusedWhereItsLengthIsNotKnown) {
    const ChildResult refused =
        elbow_with(small_training({"--schedule", "cosine", "--seconds", "1"}));
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("--schedule cosine"), HasSubstr("--schedule-images")));
    EXPECT_EQ(elbow_with(small_training({"--schedule", "cosine", "--seconds", "0.1",
                                         "--schedule-images", "1000"}))
                  .exit_code,
              0);
}

TEST_F(CliSchedule, NamesTheSchedulesThereAre) {
    const ChildResult refused = elbow_with(small_training({"--schedule", "cosin"}));
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.err, AllOf(HasSubstr("Did you mean 'cosine'?"), HasSubstr("one-cycle")));
}

}  // namespace
}  // namespace elbow
