// A run that gets no better is paused, and goes on when it is asked to.

#include <gtest/gtest.h>

#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;

TEST_F(TrainerTest, PausesARunThatGetsNoBetter) {
    RunConfig config = tiny_config();
    config.patience = 1;
    config.schedule = "cosine";
    config.schedule_images = 2000;  // after which nothing moves any more
    trainer.send(Restart{config, dataset});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->status == TrainerStatus::kPaused; }));
    const auto paused = trainer.state();
    EXPECT_TRUE(paused->out_of_patience);
    ASSERT_TRUE(paused->best);
    EXPECT_EQ(paused->best->evaluations_since, 1);
    trainer.send(Play{});
    ASSERT_TRUE(comes_true([&] {
        return trainer.state()->snapshot->step > paused->snapshot->step &&
               trainer.state()->status == TrainerStatus::kPaused;
    })) << "it is as patient again";
}

}  // namespace
}  // namespace elbow::live
