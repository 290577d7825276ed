// Going back through the training, in the window.

#include "app/gui/rewind.h"

#include <gtest/gtest.h>

#include "app/gui/export_source.h"
#include "app/gui/panels/rewind_bar.h"
#include "tests/app/whole_window.h"
#include "tests/engine/live/exploring.h"

namespace elbow::gui {
namespace {

TEST(Rewind, IsAtNowUntilItIsMoved) {
    Rewind rewind;
    EXPECT_EQ(rewind.shown(), nullptr);
    for (int step = 0; step < 10; ++step) {
        const auto newest = live::snapshot(1, step);
        rewind.take(newest, nullptr);
        EXPECT_EQ(rewind.shown()->snapshot, newest);
    }
    rewind.go_to(75);  // of 20 images a step
    EXPECT_EQ(rewind.at(), 80);
    rewind.take(live::snapshot(1, 10), nullptr);
    EXPECT_EQ(rewind.shown()->snapshot->step, 4) << "while the run goes on";
    rewind.step(-2);
    EXPECT_EQ(rewind.at(), 40);
    rewind.step(-9);
    EXPECT_EQ(rewind.at(), 0);
    rewind.step(99);
    EXPECT_EQ(rewind.at(), std::nullopt) << "the last one is now";
}

TEST(Rewind, PlaysFromTheFirstMomentToNow) {
    Rewind rewind;
    rewind.play();
    EXPECT_FALSE(rewind.playing()) << "there is nothing to play";
    for (int step = 0; step < 60; ++step) rewind.take(live::snapshot(1, step), nullptr);
    rewind.play();
    EXPECT_EQ(rewind.at(), 0);
    rewind.advance(3.0);
    ASSERT_TRUE(rewind.at().has_value());
    EXPECT_NEAR(rewind.moments().place(*rewind.at()), 0.5, 0.02) << "half in half of six seconds";
    rewind.advance(3.1);
    EXPECT_FALSE(rewind.playing());
    EXPECT_EQ(rewind.at(), std::nullopt);
}

TEST(Rewind, GoesToNowWithAnotherRunAndWithOneThatWentBack) {
    Rewind rewind;
    for (int step = 0; step < 10; ++step) rewind.take(live::snapshot(1, step), nullptr);
    rewind.go_to(100);
    rewind.take(live::snapshot(1, 3), nullptr);
    EXPECT_EQ(rewind.at(), std::nullopt);
    for (int step = 4; step < 10; ++step) rewind.take(live::snapshot(1, step), nullptr);
    rewind.go_to(100);
    rewind.take(live::snapshot(2, 0), nullptr);
    EXPECT_EQ(rewind.at(), std::nullopt);
}

class RewindWindow : public testing::Test {
  protected:
    void begin(const std::optional<RunConfig>& rival = std::nullopt) {
        window.begin(test::tiny_config(), test::tiny_dataset(), rival);
        ASSERT_TRUE(window.shows_everything());
        ASSERT_TRUE(window.becomes([&] {
            for (std::size_t i = 0; i < window.runs.count(); ++i)
                if (window.runs.run(i).rewind.moments().held().size() < 8) return false;
            return true;
        }));
        window.runs.send(live::Pause{});
        ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    }
    LiveRun& run() { return window.runs.in_hand(); }
    bool map_is_of(std::int64_t samples) {
        return run().link.views().get<live::MapView>()->stamp.samples == samples;
    }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(RewindWindow, ShowsMapAndPicturesOfThatMomentAndTheRunAsItIsNow) {
    begin();
    const auto now = run().link.views().get<live::MapView>()->map.mean;
    EXPECT_EQ(window.shown["rewind.slider"].value, "now");
    run().rewind.step(-5);
    const std::int64_t at = run().rewind.at().value();
    ASSERT_TRUE(window.becomes([&] {
        const auto cursor = run().link.views().get<live::CursorView>();
        const auto sheets = run().link.views().get<live::SheetView>();
        return map_is_of(at) && cursor->stamp.samples == at && sheets->stamp.samples == at;
    }));
    window.frame();
    EXPECT_EQ(window.shown["rewind.slider"].value, std::to_string(at));
    EXPECT_NE(window.shown["map.moment"].value.find("After "), std::string::npos);
    EXPECT_EQ(window.shown.count("curves.moment"), 1u);
    EXPECT_NE(run().link.views().get<live::MapView>()->map.mean, now);
    EXPECT_GT(run().state->snapshot->samples, at);
    ASSERT_TRUE(window.click("rewind.now"));
    ASSERT_TRUE(window.becomes([&] { return map_is_of(run().state->snapshot->samples); }));
    EXPECT_EQ(run().link.views().get<live::MapView>()->map.mean, now) << "bit for bit";
    window.frame();
    EXPECT_EQ(window.shown.count("map.moment"), 0u);
}

TEST_F(RewindWindow, AMomentIsBitEqualToWhatWasShown) {
    begin();
    const auto& held = run().rewind.moments().held();
    const auto known = std::find_if(held.begin(), held.end(),
                                    [](const auto& moment) { return moment.map != nullptr; });
    ASSERT_NE(known, held.end());
    const live::HeldMoment moment{known->snapshot, known->map};  // the list may move
    run().rewind.go_to(moment.snapshot->samples);
    ASSERT_TRUE(window.becomes([&] {
        const auto cursor = run().link.views().get<live::CursorView>();
        return cursor && cursor->stamp.samples == moment.snapshot->samples;
    }));
    EXPECT_EQ(run().link.views().get<live::MapView>(), moment.map) << "it is not made again";
    live::Explorer another;
    live::ExploreRequest request;
    request.number = 1;
    request.ask(live::MapQuery{});
    another.show(run().explored(), run().state->dataset);
    another.ask(request);
    ASSERT_TRUE(window.becomes([&] { return another.views().get<live::MapView>() != nullptr; }));
    EXPECT_EQ(another.views().get<live::MapView>()->map.mean, moment.map->map.mean);
}

TEST_F(RewindWindow, TheSliderGoesThereAndTheTrainingGoesOn) {
    begin();
    window.runs.send(live::Play{});
    const auto held = run().rewind.moments().held().size();
    ASSERT_TRUE(window.click("rewind.slider"));
    ASSERT_TRUE(run().rewind.at().has_value());
    const std::int64_t at = *run().rewind.at();
    const std::int64_t before = run().state->snapshot->samples;
    ASSERT_TRUE(window.becomes([&] { return run().state->snapshot->samples > before + 200; }));
    EXPECT_EQ(run().rewind.at(), at);
    EXPECT_EQ(run().explored()->samples, at);
    EXPECT_GT(run().rewind.moments().held().size(), held);
}

// What is drawn before the slider, too.
TEST_F(RewindWindow, TheMomentUnderTheMouseIsShownInTheFrameOfTheMove) {
    begin();
    const LayoutLog::Rect slider = window.shown["rewind.slider"];
    ASSERT_TRUE(window.carry("rewind.slider", {slider.x + 0.2f * slider.width, slider.y + 5.0f}));
    const std::int64_t at = run().rewind.at().value();
    EXPECT_EQ(window.shown["map.moment"].value.find("After " + moment_text(at)), 0u)
        << window.shown["map.moment"].value;
    window.let_go({slider.x + 0.9f * slider.width, slider.y + 5.0f});
    const std::int64_t left_at = run().rewind.at().value();
    window.move(slider.x, slider.y);
    EXPECT_EQ(run().rewind.at(), left_at) << "let go";
}

TEST_F(RewindWindow, AClickAmongTheCurvesShowsTheRunAsItWasThere) {
    begin();
    window.settings.curve_log_x = false;
    ASSERT_TRUE(window.click("curves.plot"));
    ASSERT_TRUE(run().rewind.at().has_value());
    const LayoutLog::Rect plot = window.shown["curves.plot"];
    const auto distance = [&] {
        window.frame();
        const LayoutLog::Rect line = window.shown["curves.moment"];
        return std::abs(line.x + 0.5f * line.width - plot.x - 0.5f * plot.width);
    };
    const float found = distance();
    const std::vector<live::HeldMoment> held = run().rewind.moments().held();
    for (const live::HeldMoment& moment : held) {
        run().rewind.go_to(moment.snapshot->samples);
        EXPECT_LE(found, distance() + 1.0f) << "of all moments the nearest";
    }
    run().rewind.go_to(std::nullopt);
    ASSERT_TRUE(window.click_twice("curves.plot"));
    EXPECT_EQ(run().rewind.at(), std::nullopt) << "two clicks fit the plot and go nowhere";
    // A drag pans.
    for (int i = 0; i < 60; ++i) window.frame();
    const ImVec2 to(plot.x + 0.7f * plot.width, plot.y + 0.5f * plot.height);
    ASSERT_TRUE(window.carry("curves.plot", to));
    window.let_go(to);
    EXPECT_EQ(run().rewind.at(), std::nullopt);
}

TEST_F(RewindWindow, OfARaceTheOtherRunGoesToTheSameMoment) {
    RunConfig rival = test::tiny_config();
    rival.seed = 9;
    begin(rival);
    run().rewind.step(-4);
    window.frame();
    LiveRun& other = window.runs.run(1);
    ASSERT_TRUE(other.rewind.at().has_value());
    const auto nearest =
        other.rewind.moments().held()[other.rewind.moments().nearest(*run().rewind.at())];
    EXPECT_EQ(*other.rewind.at(), nearest.snapshot->samples);
    run().rewind.go_to(std::nullopt);
    window.frame();
    EXPECT_EQ(other.rewind.at(), std::nullopt);
}

TEST_F(RewindWindow, TheBranchIsOfTheMomentThatIsShownAndSaysSoBefore) {
    begin();
    std::string help, why_not;
    std::function<void()> act;
    const auto look = [&] {
        window.with_actions([&](const WindowActions& actions, Workspace&) {
            for (const WindowAction& each : actions) {
                if (each.id != "rewind.branch") continue;
                help = each.help;
                why_not = each.why_not;
                act = each.run;
            }
        });
    };
    look();
    EXPECT_NE(why_not, "") << "now is no moment to go back to";
    EXPECT_EQ(window.shown["rewind.branch"].value, "disabled");
    run().rewind.step(-4);
    window.frame();
    const train::SnapshotPtr moment = run().explored();
    ASSERT_LT(moment->samples, run().state->snapshot->samples);
    look();
    EXPECT_EQ(why_not, "");
    for (const char* word : {"is kept", "Ctrl+Z", "averages begin anew"})
        EXPECT_NE(help.find(word), std::string::npos) << word;
    ASSERT_TRUE(window.click("rewind.branch"));
    ASSERT_TRUE(window.becomes([&] { return run().state->branched; }));
    EXPECT_EQ(run().state->branches.back().samples, moment->samples);
    EXPECT_EQ(run().rewind.at(), std::nullopt);
    window.runs.send(live::Play{});
    EXPECT_TRUE(window.becomes([&] { return window.shown.count("curves.branch_1") > 0; }))
        << "once there is a curve";
}

}  // namespace
}  // namespace elbow::gui
