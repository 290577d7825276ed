// Two runs side by side: the same weights and images, each its own way to learn.

#include "engine/live/race.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/estimator/estimator.h"
#include "engine/live/trainer.h"
#include "engine/run/check_run.h"
#include "tests/engine/train/training.h"

namespace elbow::live {
namespace {

using test::comes_true;
using test::tiny_config;

TEST(Pace, HoldsBackOnlyWhoeverIsAheadByMoreThanAMoment) {
    Pace pace;
    EXPECT_FALSE(pace.is_ahead(0));
    pace.report(0, 100'000);
    EXPECT_TRUE(pace.is_ahead(0));
    EXPECT_FALSE(pace.is_ahead(1));
    pace.report(1, 99'900);
    EXPECT_FALSE(pace.is_ahead(0));
}

TEST(Pace, LetsEachGoAtItsOwnSpeedWhereItIsOff) {
    Pace pace;
    pace.report(0, 100'000);
    pace.on = false;
    EXPECT_FALSE(pace.is_ahead(0));
}

TEST(Pace, WaitsForNobodyWhoHasLeft) {
    Pace pace;
    pace.report(0, 100'000);
    pace.leave(1);
    EXPECT_FALSE(pace.is_ahead(0));
}

TEST(Race, BeginsFromTheSameDataModelAndSeed) {
    RunConfig wished, other;
    wished.latents = 7;
    wished.seed = 3;
    wished.initialisation = "paper";
    wished.step_size = 0.5;
    other.estimator = "wake_sleep";
    other.step_size = 0.02;
    const RunConfig rival = rival_of(wished, other);
    EXPECT_EQ(rival.latents, 7);
    EXPECT_EQ(rival.seed, 3U);
    EXPECT_EQ(rival.initialisation, "paper");
    EXPECT_EQ(rival.estimator, "wake_sleep");
    EXPECT_EQ(rival.step_size, 0.02);
    EXPECT_TRUE(same_start(wished, rival));
}

TEST(Race, OnceItIsOnAChangeOfTheModelIsOfOneRunAlone) {
    RunConfig wished, other;
    wished.latents = 7;
    wished.hidden = 33;
    wished.seed = 3;
    wished.dataset = "shapes";
    other.estimator = "wake_sleep";
    const RunConfig changed = beside(wished, other);
    EXPECT_EQ(changed.latents, other.latents);
    EXPECT_EQ(changed.hidden, other.hidden);
    EXPECT_EQ(changed.seed, 3U);
    EXPECT_EQ(changed.dataset, "shapes");
    EXPECT_FALSE(same_start(wished, changed));
}

TEST(Race, IsNamedAfterWhatDiffers) {
    RunConfig first, second;
    second.estimator = "wake_sleep";
    second.step_size = 0.5;
    EXPECT_EQ(race_names(first, second).second, "Wake-sleep");
    second.estimator = first.estimator;
    EXPECT_EQ(race_names(first, second).first, "Step size 0.001");
    EXPECT_EQ(race_names(first, second).second, "Step size 0.5");
    second.latents = 1;
    EXPECT_EQ(race_names(first, second).first, "2 latents, step size 0.001");
    EXPECT_EQ(race_names(first, second).second, "1 latent, step size 0.5");
    second = first;
    EXPECT_NE(race_names(first, second).first, race_names(first, second).second);
}

class RaceOfTwo : public testing::Test {
  protected:
    void start(const RunConfig& first_config, const RunConfig& second_config) {
        first.send(Restart{first_config, dataset, Lane{pace, 0, 1}});
        second.send(Restart{second_config, dataset, Lane{pace, 1, 1}});
    }
    static std::int64_t samples(const Trainer& trainer) {
        const auto state = trainer.state();
        return state->snapshot ? state->snapshot->samples : 0;
    }

    std::shared_ptr<const data::Dataset> dataset = test::tiny_dataset();
    std::shared_ptr<Pace> pace = std::make_shared<Pace>();
    Trainer first{1, false};
    Trainer second{1, false};
};

TEST_F(RaceOfTwo, BeginsFromTheSameWeightsWhateverTheEstimator) {
    for (const char* name : {"wake_sleep", "sgvb_a", "mcem", "autoencoder", "full_vb"}) {
        RunConfig rival = tiny_config();
        rival.estimator = name;
        const train::Session plain(tiny_config(), dataset, 1);
        const train::Session other(rival, dataset, 1);
        EXPECT_EQ(plain.snapshot()->parameters, other.snapshot()->parameters) << name;
    }
}

TEST_F(RaceOfTwo, TheFasterWaitsForTheSlower) {
    RunConfig slow = tiny_config();
    slow.estimator = "iwae";
    slow.noise_samples = 100;
    start(tiny_config(), slow);
    first.send(Play{});
    second.send(Play{});
    ASSERT_TRUE(comes_true([&] { return samples(second) > 20'000; }));
    first.send(Pause{});
    second.send(Pause{});
    ASSERT_TRUE(comes_true([&] {
        return first.state()->status == TrainerStatus::kPaused &&
               second.state()->status == TrainerStatus::kPaused;
    }));
    EXPECT_LE(std::abs(samples(first) - samples(second)), 2'000 + tiny_config().minibatch);
}

TEST_F(RaceOfTwo, ARivalThatStandsStillHoldsBackUntilThePaceIsOff) {
    start(tiny_config(), tiny_config());
    first.send(Play{});
    ASSERT_TRUE(comes_true([&] { return samples(first) >= 2'000; }));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_LE(samples(first), 2'000 + tiny_config().minibatch);
    pace->on = false;
    EXPECT_TRUE(comes_true([&] { return samples(first) > 3'000; }));
}

TEST_F(RaceOfTwo, AStepIsMadeAtOnceWhoeverIsAhead) {
    start(tiny_config(), tiny_config());
    first.send(Play{});
    ASSERT_TRUE(comes_true([&] { return samples(first) >= 2'000; }));
    first.send(Pause{});
    ASSERT_TRUE(comes_true([&] { return first.state()->status == TrainerStatus::kPaused; }));
    const std::int64_t before = samples(first);
    first.send(StepOnce{});
    EXPECT_TRUE(comes_true([&] { return samples(first) == before + tiny_config().minibatch; }));
}

TEST_F(RaceOfTwo, ARivalThatCannotBeginHoldsNobodyBack) {
    RunConfig refused = tiny_config();
    refused.estimator = "nobody";
    start(tiny_config(), refused);
    first.send(Play{});
    EXPECT_TRUE(comes_true([&] { return samples(first) > 10'000; }));
}

TEST_F(RaceOfTwo, ARunOfARaceHasItsOwnNumberOfThreads) {
    Trainer trainer(2, false);
    trainer.send(Restart{tiny_config(), dataset, Lane{pace, 0, 1}});
    ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot != nullptr; }));
    EXPECT_EQ(trainer.state()->threads, 1);
    trainer.send(Restart{tiny_config(), dataset});
    EXPECT_TRUE(comes_true([&] { return trainer.state()->threads == 2; }));
}

TEST(Race, IsOnTargetsThatSuitBoth) {
    const auto dataset = test::tiny_dataset();
    RunConfig config = tiny_config();
    for (const char* targets : {"grey", "binarised", "redrawn"}) {
        config.targets = targets;
        for (const estimator::EstimatorEntry& entry : estimator::estimators()) {
            const auto [first, wished] = run::race_against(config, entry.name);
            const RunConfig rival = rival_of(first, wished);
            EXPECT_NO_THROW(run::check_run(first, *dataset)) << entry.name << ", " << targets;
            EXPECT_NO_THROW(run::check_run(rival, *dataset)) << entry.name << ", " << targets;
            EXPECT_EQ(rival.estimator, entry.name);
        }
    }
}

}  // namespace
}  // namespace elbow::live
