// A branch of the present run, on the trainer's thread.

#include <gtest/gtest.h>

#include "tests/engine/live/trainer_fixture.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;

TEST_F(TrainerTest, ABranchGoesOnFromTheMomentAndHandsThePastOn) {
    start_and_pause(tiny_config(), 60);
    const train::SnapshotPtr moment = trainer.state()->snapshot;
    trainer.send(Play{});
    ASSERT_TRUE(comes_true([&] { return step() > moment->step + 300; }));
    trainer.send(Pause{});
    ASSERT_TRUE(comes_to(TrainerStatus::kPaused));
    const std::uint64_t before = run();
    const auto later = checkpoint();
    trainer.take_update();
    trainer.send(Branch{moment});
    ASSERT_TRUE(comes_true([&] { return run() > before; }));
    EXPECT_EQ(step(), moment->step);
    EXPECT_EQ(trainer.state()->snapshot->parameters, moment->parameters);
    EXPECT_TRUE(trainer.state()->branched);
    EXPECT_EQ(trainer.state()->status, TrainerStatus::kPaused) << "as it was";
    ASSERT_EQ(trainer.state()->branches.size(), 1u);
    EXPECT_EQ(trainer.state()->branches[0].samples, moment->samples);
    const auto taken = checkpoint();
    ASSERT_FALSE(taken->evaluations.empty());
    EXPECT_LE(taken->evaluations.back().samples, moment->samples);
    for (const train::TrainRecord& record : taken->training)
        EXPECT_LE(record.samples, moment->samples);
    EXPECT_GT(later->training.size(), taken->training.size());
    trainer.send(StepOnce{});
    EXPECT_TRUE(comes_true([&] { return step() == moment->step + 1; }));
    trainer.send(Restart{tiny_config(), dataset});
    EXPECT_TRUE(comes_true([&] { return !trainer.state()->branched; }));
}

TEST_F(TrainerTest, ABranchOfARunThatIsGoneIsRefusedAndWhatRunsGoesOn) {
    trainer.send(Branch{nullptr});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number == 1; }));
    start_and_pause(tiny_config(), 5);
    const train::SnapshotPtr moment = trainer.state()->snapshot;
    trainer.send(Restart{tiny_config(), dataset});
    ASSERT_TRUE(comes_true([&] { return run() > moment->run; }));
    const std::uint64_t now = run();
    trainer.send(Branch{moment});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->refusal_number == 2; }));
    EXPECT_NE(trainer.state()->refusal.find("made room for another"), std::string::npos);
    EXPECT_EQ(run(), now);
}

}  // namespace
}  // namespace elbow::live
