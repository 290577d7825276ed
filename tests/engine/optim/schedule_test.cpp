#include "engine/optim/schedule.h"

#include <gtest/gtest.h>

namespace elbow::optim {
namespace {

double part(const char* name, double done) { return schedules().at(name).part(done); }

TEST(Schedule, TheListBeginsWithTheUsualOne) {
    EXPECT_EQ(schedules().names(), "constant, cosine, one-cycle, falls, stall");
    EXPECT_EQ(schedules().at("constant").part, nullptr);
}

TEST(Schedule, CosineFallsFromAllToNothing) {
    EXPECT_DOUBLE_EQ(part("cosine", 0.0), 1.0);
    EXPECT_NEAR(part("cosine", 1.0 / 3.0), 0.75, 1e-12);
    EXPECT_NEAR(part("cosine", 0.5), 0.5, 1e-12);
    EXPECT_EQ(part("cosine", 1.0), 0.0);
}

TEST(Schedule, OneCycleRisesFirst) {
    EXPECT_NEAR(part("one-cycle", 0.0), 0.04, 1e-12);
    EXPECT_NEAR(part("one-cycle", 0.15), 0.52, 1e-12);
    EXPECT_NEAR(part("one-cycle", 0.3), 1.0, 1e-12);
    EXPECT_NEAR(part("one-cycle", 0.65), 0.5, 1e-5);
    EXPECT_NEAR(part("one-cycle", 1.0), 4e-6, 1e-12);
}

TEST(Schedule, TwoFalls) {
    EXPECT_EQ(part("falls", 0.49), 1.0);
    EXPECT_EQ(part("falls", 0.5), 0.1);
    EXPECT_EQ(part("falls", 0.75), 0.01);
    EXPECT_EQ(part("falls", 1.0), 0.01);
}

TEST(Schedule, NoneTakesMoreThanTheStepSize) {
    for (const ScheduleEntry& entry : schedules()) {
        for (int i = 0; entry.part != nullptr && i <= 1000; ++i) {
            const double taken = entry.part(i / 1000.0);
            EXPECT_GE(taken, 0.0) << entry.name;
            EXPECT_LE(taken, 1.0) << entry.name;
        }
    }
}

}  // namespace
}  // namespace elbow::optim
