#include "engine/train/checkpoint.h"

#include <gtest/gtest.h>

namespace elbow::train {
namespace {

TEST(Checkpoint, HasWhatWasMeasuredUntilThen) {
    Checkpoint checkpoint;
    checkpoint.samples = 200;
    checkpoint = with_history(checkpoint,
                              {{200, 0.2, 0.2, -7.0, -6.0, -5.0, 1.0, 0.0, {}},
                               {300, 0.3, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, {}}},
                              {{100, 0.1, 0.1, -8.0, -7.0, 1.0}, {300, 0.3, 0.3, -6.0, -5.0, 1.0}});
    ASSERT_EQ(checkpoint.evaluations.size(), 1U);
    EXPECT_EQ(checkpoint.evaluations[0].test_bound, -6.0);
    ASSERT_EQ(checkpoint.training.size(), 1U);
    EXPECT_EQ(checkpoint.training[0].bound, -8.0);
}

}  // namespace
}  // namespace elbow::train
