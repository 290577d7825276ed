// What the window shows of a prior that learns: its density on the map, and its pseudo-inputs.

#include <gtest/gtest.h>

#include "engine/explore/start_places.h"
#include "engine/live/questions/prior_density.h"
#include "engine/live/questions/pseudo_inputs.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class OwnPrior : public testing::Test {
  protected:
    static RunConfig config(const char* prior) {
        RunConfig config = test::tiny_config();
        config.prior = prior;
        config.of_members["components"] = 6;
        return config;
    }
    void begin(const char* prior, const std::optional<RunConfig>& rival = std::nullopt) {
        window.begin(config(prior), test::tiny_dataset(), rival);
        ASSERT_TRUE(window.shows_everything());
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    bool asks_for_density() {
        return window.runs.in_hand().visible.of_map.find<live::PriorDensityQuery>() != nullptr;
    }
    const live::Views& views() { return window.runs.in_hand().link.views(); }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(OwnPrior, PseudoInputsHaveATabBesideThePriorSamplesAndChangeWhileTheyLearn) {
    begin("vamp");
    ASSERT_TRUE(shows("pseudo_inputs.title"));
    EXPECT_EQ(window.shown["pseudo_inputs.title"].value, "behind");
    EXPECT_EQ(window.shown["prior.title"].value, "front");
    EXPECT_EQ(views().get<live::PseudoInputsView>(), nullptr) << "nobody looks at them";
    ASSERT_TRUE(window.click("pseudo_inputs.title"));
    ASSERT_TRUE(window.becomes([&] { return shows("pseudo_inputs.sheet"); }));
    const std::string before = window.shown["pseudo_inputs.sheet"].value;
    EXPECT_TRUE(
        window.becomes([&] { return window.shown["pseudo_inputs.sheet"].value != before; }));
    EXPECT_EQ(views().get<live::PseudoInputsView>()->count, 6);
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(OwnPrior, AClickOnAPseudoInputPutsTheDotWhereItsPosteriorIs) {
    RunConfig one = config("vamp");
    one.of_members["components"] = 1;
    window.begin(one, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.click("pseudo_inputs.title");
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] {
        const auto view = views().get<live::PseudoInputsView>();
        return shows("pseudo_inputs.sheet") && window.shows_the_last_step() &&
               view->stamp.step == window.runs.in_hand().state->snapshot->step;
    }));
    window.click("pseudo_inputs.sheet");
    EXPECT_EQ(window.runs.in_hand().view_state.cursor, views().get<live::PseudoInputsView>()->z);
}

TEST_F(OwnPrior, ARunWithoutPseudoInputsHasNoTabForThem) {
    begin("vamp");
    ASSERT_TRUE(window.click("pseudo_inputs.title"));
    const Layout with_tab = window.settings.layout;
    EXPECT_FALSE(with_tab.empty()) << "which tab is in front is remembered";
    begin("mixture");
    EXPECT_TRUE(
        window.becomes([&] { return !shows("pseudo_inputs.title") && shows("prior.sheet"); }));
    EXPECT_EQ(window.settings.layout, with_tab) << "until the next run that has some";
    begin("vamp");
    EXPECT_TRUE(window.becomes([&] { return shows("pseudo_inputs.title"); }));
    EXPECT_EQ(window.shown["pseudo_inputs.title"].value, "front");
}

TEST_F(OwnPrior, OfTwoRunsTheOneWithoutPseudoInputsSaysSo) {
    begin("normal", config("vamp"));
    // The other run may still be made when the first one is there.
    ASSERT_TRUE(window.becomes([&] { return !window.shown["pseudo_inputs.title"].value.empty(); }));
    window.click("pseudo_inputs.title");
    EXPECT_FALSE(shows("pseudo_inputs.sheet"));
    window.runs.take_in_hand(1);
    EXPECT_TRUE(window.becomes([&] { return shows("pseudo_inputs.sheet"); }));
}

TEST_F(OwnPrior, TheMapHasLinesOfItsDensityWithALegend) {
    window.settings.backdrop = Backdrop::kDensity;
    begin("mixture");
    ASSERT_TRUE(window.becomes([&] { return shows("map.density"); }));
    EXPECT_TRUE(shows("map.legend.density"));
    EXPECT_EQ(window.shown["map.toggle.density"].value, "on");
    window.settings.backdrop = Backdrop::kNone;
    window.settle();
    EXPECT_FALSE(shows("map.density"));
    EXPECT_FALSE(shows("map.legend.density"));
    EXPECT_FALSE(asks_for_density()) << "nobody asks for it";
}

TEST_F(OwnPrior, TheStandardNormalIsNotAskedFor) {
    window.settings.backdrop = Backdrop::kDensity;
    begin("normal");
    window.settle();
    EXPECT_FALSE(asks_for_density());
    EXPECT_FALSE(shows("map.density"));
    EXPECT_FALSE(shows("map.legend.density"));
}

// Where N(0, I) has its middle may be far from all that the model knows.
TEST_F(OwnPrior, TheDotWaitsInTheMiddleOfTheCodes) {
    begin("mixture");
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    window.settle();
    const auto map = views().get<live::MapView>();
    EXPECT_EQ(window.runs.in_hand().view_state.cursor,
              explore::middle_of_codes(map->map, *map->order));
}

TEST_F(OwnPrior, OneLatentHasACurve) {
    window.settings.backdrop = Backdrop::kDensity;
    RunConfig one = config("mixture");
    one.latents = 1;
    window.begin(one, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.becomes([&] { return shows("map.density"); }));
    EXPECT_EQ(views().get<live::PriorDensityView>()->density.plane.rows, 1);
    EXPECT_FALSE(shows("map.legend.density")) << "a curve has no lines to name";
}

}  // namespace
}  // namespace elbow::gui
