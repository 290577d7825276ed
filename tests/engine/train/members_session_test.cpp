// A run of each member of each family: it learns, and goes on from a checkpoint as if it had never
// stopped.

#include <gtest/gtest.h>

#include "engine/train/session.h"
#include "tests/engine/train/training.h"

namespace elbow::train {
namespace {

TEST(SessionOfAnyModel, GoesOnFromACheckpointToTheLastBit) {
    const auto dataset = test::tiny_dataset();
    for (const RunConfig& config : test::a_run_of_each()) {
        SCOPED_TRACE(test::name_of(config));
        Session whole(config, dataset, 2);
        for (int step = 0; step < 6; ++step) whole.step();
        Session first(config, dataset, 2);
        for (int step = 0; step < 3; ++step) first.step();
        Session second(first.checkpoint(), dataset, 2);
        for (int step = 0; step < 3; ++step) second.step();
        EXPECT_EQ(second.checkpoint().parameters, whole.checkpoint().parameters);
    }
}

TEST(SessionOfAnyModel, LearnsAndIsMeasured) {
    const auto dataset = test::tiny_dataset();
    for (RunConfig config : test::a_run_of_each()) {
        SCOPED_TRACE(test::name_of(config));
        config.step_size = 3e-3;
        Session session(config, dataset, 1);
        const double before = session.evaluate().test_bound;
        for (int step = 0; step < 150; ++step) session.step();
        const EvaluationRecord& after = session.evaluate();
        EXPECT_GT(after.test_bound, before);
        EXPECT_NEAR(after.test_bound, after.test_reconstruction - after.test_kl,
                    1e-3 * std::abs(after.test_bound));
    }
}

}  // namespace
}  // namespace elbow::train
