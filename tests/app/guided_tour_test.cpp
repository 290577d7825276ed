// The guided tour in whole frames: its card stands beside what it points at at every size of the
// window, notices what is done, and leaves nothing behind.

#include "app/gui/tour/guided_tour.h"

#include <gtest/gtest.h>

#include "app/gui/tour/card_place.h"
#include "tests/app/drawn_labels.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

struct TourSize {
    float width, height, scale;
};

std::ostream& operator<<(std::ostream& out, const TourSize& size) {
    return out << size.width << " x " << size.height << " at scale " << size.scale;
}

Area area_of(const LayoutLog::Rect& rect) { return {rect.x, rect.y, rect.width, rect.height}; }

void begin_paused_run(WholeWindow& window) {
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    window.settle();
}

class TourOfEverySize : public testing::TestWithParam<TourSize> {
  protected:
    WholeWindow window{GetParam().width, GetParam().height, GetParam().scale};
};

TEST_P(TourOfEverySize, HasItsCardBesideWhatItIsAboutAndNoTextIsCut) {
    begin_paused_run(window);
    const Area display{0, 0, GetParam().width, GetParam().height};
    for (std::size_t i = 0; i < tour_steps().size(); ++i) {
        const TourStep& step = tour_steps()[i];
        SCOPED_TRACE(step.id);
        window.guided_tour.go_to(i);
        window.settle();
        ASSERT_TRUE(window.shown.contains("guided"));
        EXPECT_EQ(window.shown["guided"].value, step.id);
        const Area card = area_of(window.shown["guided"]);
        EXPECT_FLOAT_EQ(shared_area(card, display), card.width * card.height) << "it is cut off";
        bool about_something = false;
        for (const std::string& mark : step.marks) {
            const auto found = window.shown.find(mark);
            if (found == window.shown.end()) continue;
            about_something = true;
            EXPECT_EQ(shared_area(card, area_of(found->second)), 0.0f) << "over " << mark;
        }
        EXPECT_TRUE(about_something) << "nothing in the window has one of its names";
        if (!step.marks.empty()) {
            EXPECT_TRUE(window.shown.contains(step.marks.front()));
        }
        for (const std::string& fault : DrawnLabels().faults()) ADD_FAILURE() << fault;
    }
}

INSTANTIATE_TEST_SUITE_P(All, TourOfEverySize,
                         testing::Values(TourSize{900, 600, 1.0f}, TourSize{1600, 1000, 1.0f},
                                         TourSize{3200, 2000, 2.0f}));

class Tour : public testing::Test {
  protected:
    void SetUp() override { begin_paused_run(window); }
    void go_to(const std::string& id) {
        for (std::size_t i = 0; i < tour_steps().size(); ++i)
            if (tour_steps()[i].id == id) window.guided_tour.go_to(i);
        window.settle();
        ASSERT_EQ(window.shown["guided"].value, id);
    }
    bool done() { return window.shown["guided.invitation"].value == "done"; }
    ViewState& view_state() { return window.runs.in_hand().view_state; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(Tour, GoesThroughTwelveStepsAndEnds) {
    EXPECT_EQ(tour_steps().size(), 12U);
    EXPECT_FALSE(window.shown.contains("guided"));
    window.guided_tour.toggle();
    window.settle();
    for (std::size_t i = 0; i < tour_steps().size(); ++i) {
        ASSERT_TRUE(window.shown.contains("guided")) << i;
        EXPECT_EQ(window.shown["guided"].value, tour_steps()[i].id);
        EXPECT_EQ(window.shown["guided.dot." + std::to_string(i)].value, "here");
        ASSERT_TRUE(window.click("guided.next"));
    }
    EXPECT_FALSE(window.guided_tour.is_open());
    EXPECT_FALSE(window.shown.contains("guided"));
}

TEST_F(Tour, GoesBackToADotAndIsSkipped) {
    go_to("kl");
    ASSERT_TRUE(window.click("guided.back"));
    EXPECT_EQ(window.shown["guided"].value, "bound");
    ASSERT_TRUE(window.click("guided.dot.6"));
    EXPECT_EQ(window.shown["guided"].value, "holes");
    ASSERT_TRUE(window.click("guided.skip"));
    EXPECT_FALSE(window.shown.contains("guided"));
}

TEST_F(Tour, LeavesNothingAsItWasNot) {
    window.settings.backdrop = Backdrop::kDensity;
    window.settings.layers["ellipses"] = true;
    window.settle();
    window.runs.in_hand().undo.clear();
    window.settle();
    const Settings before = window.settings;
    const ViewState place = view_state();
    for (std::size_t i = 0; i < tour_steps().size(); ++i) {
        window.guided_tour.go_to(i);
        window.settle();
        EXPECT_TRUE(window.guided_tour.without(window.settings) == before) << i;
    }
    window.guided_tour.close();
    window.settle();
    EXPECT_TRUE(window.settings == before);
    EXPECT_TRUE(same_choice(view_state(), place));
    EXPECT_FALSE(window.runs.in_hand().undo.can_undo()) << "the tour is no step of one's own";
}

TEST_F(Tour, SwitchesOnWhatAStepShowsAndOffAgain) {
    go_to("manifold");
    EXPECT_EQ(window.settings.backdrop, Backdrop::kManifold);
    EXPECT_EQ(window.shown["map.toggle.manifold"].value, "on");
    go_to("holes");
    EXPECT_EQ(window.settings.backdrop, Backdrop::kNone);
    EXPECT_EQ(window.shown["map.toggle.aggregate"].value, "on");
    go_to("kl");
    EXPECT_EQ(window.shown["map.toggle.aggregate"].value, "off");
}

TEST_F(Tour, LeavesWhatThePersonChangesMeanwhile) {
    go_to("holes");
    window.settings.layers["images"] = true;
    window.settings.layers["aggregate"] = false;
    window.guided_tour.close();
    window.settle();
    EXPECT_TRUE(window.settings.layers["images"]);
    EXPECT_FALSE(window.settings.layers["aggregate"]);
}

TEST_F(Tour, BringsItsPanelToTheFrontAndPutsBackTheOneThatWasThere) {
    ASSERT_FALSE(window.shown.contains("draw.canvas"));
    go_to("draw");
    EXPECT_TRUE(window.shown.contains("draw.canvas"));
    go_to("decode");
    EXPECT_TRUE(window.shown.contains("inspector.image"));
    EXPECT_TRUE(window.settings.layout.empty());
    ASSERT_TRUE(window.click("curves.maximise"));
    EXPECT_TRUE(window.shown.contains("inspector.image") == false);
    go_to("prior");
    EXPECT_TRUE(window.shown.contains("prior.sheet"));
}

TEST_F(Tour, GivesThePanelThatFilledTheWindowItsPlaceBack) {
    ASSERT_TRUE(window.click("curves.maximise"));
    go_to("encode");
    EXPECT_TRUE(window.shown.contains("map.canvas"));
    window.guided_tour.close();
    window.settle();
    EXPECT_FALSE(window.shown.contains("map.canvas"));
    EXPECT_TRUE(window.shown.contains("curves"));
}

TEST_F(Tour, NoticesWhatItInvitesTo) {
    go_to("encode");
    EXPECT_FALSE(done());
    view_state().point = 2;
    window.settle();
    EXPECT_TRUE(done());
    go_to("decode");
    EXPECT_FALSE(done());
    view_state().put_dot({0.7f, -0.2f});
    window.settle();
    EXPECT_TRUE(done());
    go_to("kl");
    EXPECT_FALSE(done());
    ASSERT_TRUE(window.click("curves.tab.kl"));
    EXPECT_TRUE(done());
    go_to("prior");
    EXPECT_FALSE(done());
    ASSERT_TRUE(window.click("prior.new_noise"));
    EXPECT_TRUE(done());
}

TEST_F(Tour, WhatIsUndoneMeanwhileIsThePersonsOwnAlone) {
    go_to("holes");
    const std::vector<float> dot = view_state().cursor;
    view_state().put_dot({1.5f, 1.5f});
    for (int frames = 0; frames < 8; ++frames) window.frame();
    window.with_actions([&](const WindowActions& actions, Workspace&) {
        for (const WindowAction& each : actions)
            if (each.id == "run.undo") each.run();
    });
    window.settle();
    EXPECT_EQ(view_state().cursor, dot);
    EXPECT_EQ(window.shown["map.toggle.aggregate"].value, "on") << "the step still shows it";
    window.guided_tour.close();
    window.settle();
    EXPECT_EQ(window.shown["map.toggle.aggregate"].value, "off");
}

TEST_F(Tour, SaysWhyAStepHasNothingToShow) {
    RunConfig config = test::tiny_config();
    config.estimator = "autoencoder";
    window.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window.becomes([&] {
        const auto& state = *window.runs.in_hand().state;
        return state.snapshot && state.config.estimator == "autoencoder";
    }));
    go_to("holes");
    bool says_why = false;
    const DrawnLabels labels;
    for (const DrawnText& text : labels.texts())
        says_why = says_why || (text.owner == "##guided tour" &&
                                text.text.find("estimator") != std::string::npos);
    EXPECT_TRUE(says_why);
}

}  // namespace
}  // namespace elbow::gui
