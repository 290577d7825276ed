// What the window says of a run in each of its states: one that is being made, that waits for Play,
// that warms up, or that failed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "app/gui/panels/picture.h"
#include "app/gui/race_bar.h"
#include "app/gui/top_bar.h"
#include "tests/app/context_parts.h"
#include "tests/app/imgui_frame.h"
#include "tests/engine/explore/tiny_dataset.h"

namespace elbow::gui {
namespace {

using live::TrainerState;
using live::TrainerStatus;
using ::testing::HasSubstr;

std::shared_ptr<TrainerState> state_of(TrainerStatus status, std::int64_t samples) {
    auto state = std::make_shared<TrainerState>();
    auto snapshot = std::make_shared<train::ParameterSnapshot>();
    snapshot->samples = samples;
    state->status = status;
    state->snapshot = snapshot;
    state->dataset = test::tiny_dataset();
    if (status == TrainerStatus::kFailed) state->failure = "--step-size: the bound fell.";
    return state;
}

struct Parts : ContextParts {
    explicit Parts(std::shared_ptr<const TrainerState> state) : ContextParts("unwritten") {
        context.trainer = std::move(state);
        context.status = context.trainer->status;
    }
    std::string waits() const { return waiting_reason(context); }
    std::string word() const { return status_word(context); }
};

TEST(States, WithoutARunItIsSaidWhatItWaitsFor) {
    Parts parts(std::make_shared<TrainerState>());
    EXPECT_EQ(parts.waits(), "There is no run.");
    EXPECT_EQ(parts.word(), "no run");
    parts.loading.active = true;
    EXPECT_EQ(parts.waits(), "Loading images...");
    EXPECT_EQ(parts.word(), "loading");
    parts.loading.active = false;
    parts.loading.making = true;
    EXPECT_EQ(parts.waits(), "The model is being made...");
    EXPECT_EQ(parts.word(), "starting");
}

TEST(States, ARefusedRunIsNotBeingMade) {
    auto state = std::make_shared<TrainerState>();
    state->refusal = "There is no run yet.";  // of a command that came too early
    EXPECT_EQ(Parts(state).waits(), "There is no run.");
    state->start_refusal = state->refusal = "--batch: expected less.";
    EXPECT_THAT(Parts(state).waits(), HasSubstr("could not be started"));
}

TEST(States, ARunPausedAtItsBeginningSaysPressPlay) {
    EXPECT_THAT(Parts(state_of(TrainerStatus::kPaused, 0)).waits(), HasSubstr("Press Play"));
    EXPECT_EQ(Parts(state_of(TrainerStatus::kPaused, 100)).waits(), "Decoding...");
    EXPECT_EQ(Parts(state_of(TrainerStatus::kPlaying, 0)).waits(), "Decoding...");
}

TEST(States, AWarmUpSaysWhatItWaitsFor) {
    const auto state = state_of(TrainerStatus::kPlaying, 0);
    state->warmup_updates_left = 40;
    const Parts parts(state);
    EXPECT_EQ(parts.word(), "warming up");
    EXPECT_THAT(status_help(parts.context), HasSubstr("40 more"));
    EXPECT_EQ(status_help(Parts(state_of(TrainerStatus::kPlaying, 0)).context), "");
}

TEST(States, AFailedRunHasFailedWhereverItIsShown) {
    Parts parts(state_of(TrainerStatus::kFailed, 100));
    EXPECT_EQ(parts.word(), "failed");
    EXPECT_THAT(parts.waits(), HasSubstr("failed"));
    EXPECT_THAT(status_help(parts.context), HasSubstr("Step size: the bound fell."));
    const auto playing = state_of(TrainerStatus::kPlaying, 100);
    const RaceView race{{Contestant{"First", 0, parts.context.trainer, &parts.curves},
                         Contestant{"Second", 0, playing, &parts.curves}},
                        std::make_shared<live::Pace>()};
    parts.context.race = &race;
    NullFrames frames;
    frames.frame([&] {
        ImGui::Begin("bar");
        draw_race_bar(parts.context, {0, 0, 1200, 40});
        ImGui::End();
    });
    EXPECT_EQ(parts.layout.rects().at("race.score.0").value, "failed");
    EXPECT_EQ(parts.layout.rects().at("race.score.1").value, "\u2013");
}

}  // namespace
}  // namespace elbow::gui
