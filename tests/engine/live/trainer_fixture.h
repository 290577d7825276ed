#pragma once

// A trainer on a small data set.

#include <gtest/gtest.h>

#include <memory>

#include "engine/live/trainer.h"
#include "tests/engine/train/training.h"

namespace elbow::live {

class TrainerTest : public testing::Test {
  protected:
    std::int64_t step() const {
        const auto state = trainer.state();
        return state->snapshot ? state->snapshot->step : -1;
    }
    std::uint64_t run() const {
        const auto state = trainer.state();
        return state->snapshot ? state->snapshot->run : 0;
    }
    bool comes_to(TrainerStatus status) const {
        return test::comes_true([&] { return trainer.state()->status == status; });
    }
    // Starts a run and pauses it at whatever step it has come to.
    void start_and_pause(const RunConfig& config, std::int64_t at_least = 20) {
        trainer.send(Restart{config, dataset});
        ASSERT_TRUE(test::comes_true([&] { return step() >= at_least; }));
        trainer.send(Pause{});
        ASSERT_TRUE(comes_to(TrainerStatus::kPaused));
    }
    // A command that is answered only after all the commands before it.
    std::shared_ptr<const TakenCheckpoint> take() {
        const std::uint64_t number = ++checkpoint_number;
        trainer.send(TakeCheckpoint{number});
        std::shared_ptr<const TakenCheckpoint> taken;
        EXPECT_TRUE(test::comes_true([&] {
            for (const auto& answer : trainer.take_update().taken) {
                if (answer->number != number) continue;
                EXPECT_EQ(answer->dataset, dataset);
                taken = answer;
            }
            return taken != nullptr;
        }));
        return taken;
    }
    std::shared_ptr<const train::Checkpoint> checkpoint() {
        const auto taken = take();
        return taken ? std::shared_ptr<const train::Checkpoint>(taken, &taken->checkpoint)
                     : nullptr;
    }

    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    std::uint64_t checkpoint_number = 0;
    Trainer trainer{1};
};

}  // namespace elbow::live
