#include "engine/run/step_size.h"

#include <gtest/gtest.h>

namespace elbow::run {
namespace {

constexpr std::int64_t kImages = 1000;  // in an epoch

RunConfig config_of(const char* schedule, int images, int warmup = 0) {
    RunConfig config;
    config.step_size = 0.004;
    config.schedule = schedule;
    config.schedule_images = images;
    config.step_size_warmup = warmup;
    config.minibatch = 50;
    return config;
}

TEST(StepSize, IsWhatIsSetWithoutASchedule) {
    const RunConfig config = config_of("constant", 0);
    EXPECT_FALSE(changes_step_size(config));
    EXPECT_FALSE(schedule_end(config, kImages));
    for (const std::int64_t samples : {0, 50, 1'000'000'000})
        EXPECT_EQ(step_size_at(config, samples, kImages), 0.004);
}

TEST(StepSize, FollowsItsScheduleAndStaysAtItsEnd) {
    const RunConfig config = config_of("cosine", 3000);
    EXPECT_TRUE(changes_step_size(config));
    EXPECT_EQ(schedule_end(config, kImages), 3000);
    EXPECT_DOUBLE_EQ(step_size_at(config, 0, kImages), 0.004);
    EXPECT_NEAR(step_size_at(config, 1000, kImages), 0.003, 1e-12);
    EXPECT_NEAR(step_size_at(config, 1500, kImages), 0.002, 1e-12);
    EXPECT_EQ(step_size_at(config, 3000, kImages), 0.0);
    EXPECT_EQ(step_size_at(config, 9000, kImages), 0.0);
}

TEST(StepSize, AScheduleTakesTenEpochsWhereNobodySaysHowLong) {
    EXPECT_EQ(schedule_end(config_of("falls", 0), kImages), 10 * kImages);
}

TEST(StepSize, GrowsLinearlyWhileItWarmsUp) {
    const RunConfig config = config_of("constant", 0, 200);
    EXPECT_TRUE(changes_step_size(config));
    EXPECT_DOUBLE_EQ(step_size_at(config, 0, kImages), 0.001);
    EXPECT_DOUBLE_EQ(step_size_at(config, 50, kImages), 0.002);
    EXPECT_DOUBLE_EQ(step_size_at(config, 150, kImages), 0.004);
    EXPECT_DOUBLE_EQ(step_size_at(config, 200, kImages), 0.004);
}

TEST(StepSize, HalvesSoOftenAsTheBoundHasStalled) {
    const RunConfig config = config_of("stall", 0);
    EXPECT_TRUE(changes_step_size(config));
    EXPECT_FALSE(schedule_end(config, kImages));
    EXPECT_EQ(step_size_at(config, 1000, kImages), 0.004);
    EXPECT_EQ(step_size_at(config, 1000, kImages, 3), 0.0005);
}

TEST(StepSize, TheWarmUpMultipliesTheSchedule) {
    const RunConfig config = config_of("falls", 300, 400);
    EXPECT_NEAR(step_size_at(config, 150, kImages), 0.004 * 0.1 * 0.5, 1e-12);
}

}  // namespace
}  // namespace elbow::run
