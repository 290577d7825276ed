// A run that averages its weights: the choice between these and the live ones is seen at once.

#include <gtest/gtest.h>

#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;

TEST_F(TrainerTest, ShowsOtherWeightsWhileItIsPaused) {
    RunConfig config = tiny_config();
    config.average = "tail";
    start_and_pause(config, 100);
    const train::SnapshotPtr averaged = trainer.state()->snapshot;
    EXPECT_TRUE(averaged->averaged);
    trainer.send(ChangeOption{"weights", "live"});
    ASSERT_TRUE(comes_true([&] { return !trainer.state()->snapshot->averaged; }));
    EXPECT_EQ(trainer.state()->snapshot->step, averaged->step);
    EXPECT_NE(trainer.state()->snapshot->parameters, averaged->parameters);
    trainer.send(ChangeOption{"weights", "averaged"});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot->averaged; }));
    EXPECT_EQ(trainer.state()->snapshot->parameters, averaged->parameters);
}

}  // namespace
}  // namespace elbow::live
