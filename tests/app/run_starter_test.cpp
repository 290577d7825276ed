// Which run is started, what is offered, and that no run is replaced without being kept first.

#include "app/gui/run_starter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/io/run_folder.h"
#include "tests/engine/train/training.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using test::comes_true;
using test::tiny_config;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing_support::TemporaryFolder;
using Taken = std::shared_ptr<const live::TakenCheckpoint>;

RunConfig shapes_config() {
    RunConfig config = tiny_config();
    config.dataset = "shapes";
    return config;
}

class RunStarterTest : public testing::Test {
  protected:
    // A run on small images that are in memory.
    void begin_tiny() {
        trainer.send(live::Restart{tiny_config(), tiny});
        ASSERT_TRUE(becomes("tiny"));
    }
    bool becomes(const std::string& dataset) {
        return comes_true([&] {
            starter.poll(toasts);
            const auto state = trainer.state();
            return state->snapshot && state->dataset->name == dataset && state->snapshot->step > 0;
        });
    }
    bool offers(const std::string& text) {
        return comes_true([&] {
            starter.poll(toasts);
            return starter.offer() && starter.offer()->text.find(text) != std::string::npos;
        });
    }
    std::int64_t step() const { return trainer.state()->snapshot->step; }
    std::vector<Taken> taken() {
        for (const Taken& one : trainer.take_update().taken) all_taken.push_back(one);
        return all_taken;
    }

    TemporaryFolder folder;
    std::shared_ptr<const data::Dataset> tiny = test::tiny_dataset();
    Toasts toasts;
    live::Trainer trainer{1};
    int kept = 0;
    std::optional<RunConfig> rival;
    OpenedRun opened;
    std::vector<Taken> all_taken;
    RunStarter starter{
        {folder.path()},
        shapes_config(),
        [this] { return trainer.state(); },
        [this](live::Command command, const std::optional<RunConfig>& other, const OpenedRun& run) {
            ++kept;
            opened = run;
            rival = other;
            trainer.send(live::TakeCheckpoint{static_cast<std::uint64_t>(kept)});
            trainer.send(std::move(command));
        }};
};

TEST_F(RunStarterTest, TheFirstModelIsBeingMadeFromTheLoadedImagesToTheFirstRun) {
    EXPECT_FALSE(starter.loading().making) << "nothing was asked for";
    trainer.send(live::TakeCheckpoint{});
    ASSERT_TRUE(comes_true([&] { return !trainer.state()->refusal.empty(); }));
    starter.restart(shapes_config());
    EXPECT_FALSE(starter.loading().making) << "images come first";
    ASSERT_TRUE(comes_true([&] {
        starter.poll(toasts);
        return !starter.loading().active;
    }));
    EXPECT_TRUE(starter.loading().making || trainer.state()->snapshot);
    ASSERT_TRUE(becomes("shapes"));
    EXPECT_FALSE(starter.loading().making);
}

TEST_F(RunStarterTest, ARefusedFirstRunIsNotBeingMade) {
    RunConfig config = shapes_config();
    config.train_images = 9'999'999;
    starter.restart(config);
    ASSERT_TRUE(comes_true([&] {
        starter.poll(toasts);
        return !trainer.state()->start_refusal.empty();
    }));
    EXPECT_FALSE(starter.loading().making);
}

TEST_F(RunStarterTest, RestartsOnTheSameImagesAtOnceAndKeepsTheRunBefore) {
    begin_tiny();
    const std::uint64_t run = trainer.state()->snapshot->run;
    starter.restart(tiny_config());
    EXPECT_FALSE(starter.loading().active);
    ASSERT_TRUE(comes_true([&] { return trainer.state()->snapshot->run > run; }));
    ASSERT_THAT(taken(), SizeIs(1));
    EXPECT_EQ(taken()[0]->run, run);
}

TEST_F(RunStarterTest, KeepsWhatIsLearntWhileOtherImagesAreLoaded) {
    begin_tiny();
    starter.restart(shapes_config());
    EXPECT_EQ(kept, 0) << "what runs goes on, and is not over yet";
    const std::int64_t at = step();
    ASSERT_TRUE(comes_true([&] { return step() > at; }));
    ASSERT_TRUE(becomes("shapes"));
    EXPECT_EQ(kept, 1);
    ASSERT_THAT(taken(), SizeIs(1));
    EXPECT_EQ(taken()[0]->dataset, tiny);
    EXPECT_GT(taken()[0]->checkpoint.step, at);
}

TEST_F(RunStarterTest, ARestartOnTheSameImagesOvertakesALoad) {
    begin_tiny();
    starter.restart(shapes_config());
    starter.restart(tiny_config());
    EXPECT_FALSE(starter.loading().active);
    EXPECT_EQ(kept, 1);
    ASSERT_TRUE(becomes("tiny"));
    const std::int64_t at = step();
    ASSERT_TRUE(comes_true([&] {
        starter.poll(toasts);
        return step() > at + 2000;
    }));
    EXPECT_EQ(kept, 1) << "what was overtaken never begins";
    EXPECT_EQ(trainer.state()->dataset, tiny);
}

TEST_F(RunStarterTest, KeepsTheRunThatAnAcceptedOfferReplaces) {
    begin_tiny();
    starter.resume(folder / "run");
    ASSERT_TRUE(offers((folder / "run").string()));
    EXPECT_EQ(starter.offer()->button, "Try again");
    EXPECT_EQ(kept, 0);
    EXPECT_FALSE(starter.loading().active) << "what runs stays, nothing stands in";

    data::SearchPath nowhere;
    Progress progress;
    const auto shapes = data::load_dataset("shapes", nowhere, progress);
    train::Session session(shapes_config(), shapes, 1);
    session.step();
    io::save_run(folder / "run", session.checkpoint(), shapes.get());
    starter.accept_offer();
    EXPECT_FALSE(starter.offer());
    ASSERT_TRUE(becomes("shapes"));
    EXPECT_EQ(kept, 1);
    ASSERT_THAT(taken(), SizeIs(1));
    EXPECT_EQ(taken()[0]->dataset, tiny);
    EXPECT_GT(step(), 0);
}

class SavedShapes : public RunStarterTest {
  protected:
    void SetUp() override {
        data::SearchPath nowhere;
        Progress progress;
        const auto shapes = data::load_dataset("shapes", nowhere, progress);
        train::Session trained(shapes_config(), shapes, 1);
        trained.step();
        saved.name = "mine";
        saved.playing = false;
        train::Checkpoint checkpoint = trained.checkpoint();
        checkpoint.training = {{20, 0.1, 0.1, -3.0, -4.0, 1.0}};
        io::save_run(folder / "run", checkpoint, shapes.get(), session_text(saved));
        begin_tiny();
    }
    bool is_open() {
        return comes_true([&] {
            starter.poll(toasts);
            return trainer.state()->resumed != 0;
        });
    }
    RunSession saved;
};

TEST_F(SavedShapes, AreOpenedAsTheyWereLeft) {
    starter.resume(folder / "run");
    ASSERT_TRUE(is_open());
    EXPECT_EQ(opened.session, saved);
    EXPECT_EQ(opened.folder, std::filesystem::canonical(folder / "run"));
    EXPECT_EQ(trainer.state()->status, live::TrainerStatus::kPaused);
    std::vector<train::TrainRecord> told;
    ASSERT_TRUE(comes_true([&] {
        for (auto& record : trainer.take_update().train_records) told.push_back(record);
        return !told.empty();
    }));
    EXPECT_EQ(told.front().bound, -3.0);
    EXPECT_TRUE(toasts.empty());
}

TEST_F(SavedShapes, PlayWhereThatIsWanted) {
    starter.resume(folder / "run", true);
    ASSERT_TRUE(is_open());
    EXPECT_TRUE(comes_true([&] { return step() > 10; }));
}

TEST_F(SavedShapes, AreOpenedWithoutWhatIsDamaged) {
    io::replace_session(folder / "run", "no JSON");
    starter.resume(folder / "run");
    ASSERT_TRUE(is_open());
    EXPECT_EQ(opened.session, RunSession{});
    EXPECT_THAT(toasts.newest(), HasSubstr("session.json"));
}

TEST_F(RunStarterTest, StandsInWhereTheImagesAreNowhereAndOffersToFetchThem) {
    RunConfig mnist = tiny_config();
    mnist.dataset = "mnist";
    starter.restart(mnist);
    ASSERT_TRUE(offers("not on this machine"));
    EXPECT_EQ(starter.offer()->button, "Fetch MNIST");
    ASSERT_TRUE(becomes("shapes"));
    EXPECT_TRUE(starter.offer()) << "it stays while other images stand in";
    starter.dismiss_offer();
    EXPECT_FALSE(starter.offer());
}

TEST_F(RunStarterTest, BeginsARaceWhenItsImagesAreLoaded) {
    RunConfig other = shapes_config();
    other.estimator = "wake_sleep";
    starter.restart(shapes_config(), other);
    EXPECT_FALSE(rival);
    ASSERT_TRUE(becomes("shapes"));
    ASSERT_TRUE(rival);
    EXPECT_EQ(*rival, other);
}

TEST_F(RunStarterTest, WhatRunsStaysWhereTheImagesAreNowhere) {
    begin_tiny();
    RunConfig mnist = tiny_config();
    mnist.dataset = "mnist";
    starter.restart(mnist);
    ASSERT_TRUE(offers("not on this machine"));
    const std::int64_t at = step();
    ASSERT_TRUE(comes_true([&] { return step() > at; }));
    EXPECT_EQ(trainer.state()->dataset, tiny);
    EXPECT_EQ(kept, 0);
}

}  // namespace
}  // namespace elbow::gui
