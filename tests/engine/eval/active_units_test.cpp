#include "engine/eval/active_units.h"

#include <gtest/gtest.h>

#include <vector>

#include "engine/core/error.h"

namespace elbow::eval {
namespace {

TEST(ActiveUnits, AreThoseWhoseMeanMovesWithTheImage) {
    const std::vector<float> means = {5.0F, 1.0F,  0.05F,   //
                                      5.0F, -1.0F, -0.05F,  //
                                      5.0F, 1.0F,  0.05F,   //
                                      5.0F, -1.0F, -0.05F};
    const ActiveUnits units = active_units(means, 3);
    ASSERT_EQ(units.variance.size(), 3U);
    EXPECT_DOUBLE_EQ(units.variance[0], 0.0);
    EXPECT_DOUBLE_EQ(units.variance[1], 1.0);
    EXPECT_NEAR(units.variance[2], 0.0025, 1e-9);
    EXPECT_EQ(units.count, 1);
    EXPECT_EQ(active_units(means, 3, 0.001).count, 2);
}

TEST(ActiveUnits, MeansThatDoNotDivideEvenlyThrow) {
    EXPECT_THROW(active_units(std::vector<float>(4), 3), Error);
    EXPECT_THROW(active_units({}, 3), Error);
    EXPECT_THROW(active_units(std::vector<float>(4), 0), Error);
}

}  // namespace
}  // namespace elbow::eval
