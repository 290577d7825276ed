// The layer of the map that draws p(z|x), in the window and in a picture.

#include <gtest/gtest.h>

#include "app/gui/exports/map.h"
#include "app/gui/widgets/controls.h"
#include "engine/live/questions/point.h"
#include "engine/live/questions/true_posterior.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class TruePosteriorLayer : public testing::Test {
  protected:
    void begin(const RunConfig& config) {
        window.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
        window.runs.in_hand().view_state.point = 5;
    }
    bool asked() {
        return window.runs.in_hand().visible.of_map.find<live::TruePosteriorQuery>() != nullptr;
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    std::string value(const std::string& name) { return window.shown[name].value; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(TruePosteriorLayer, IsAskedForWhileItIsOnAndThenSaysLogPAndTheGap) {
    begin(test::tiny_config());
    window.frame();
    EXPECT_FALSE(asked());
    EXPECT_FALSE(shows("inspector.log_p"));
    ASSERT_TRUE(window.click("map.toggle.true_posterior"));
    ASSERT_TRUE(window.becomes([&] { return shows("map.true_posterior"); }));
    EXPECT_TRUE(asked());
    EXPECT_NE(value("map.true_posterior"), "0 lines");
    const auto shown = window.runs.in_hand().link.views().get<live::TruePosteriorView>();
    EXPECT_EQ(value("inspector.log_p"), nats(shown->posterior.log_p_of_grid.value()))
        << "of two latents the grid knows it";
    EXPECT_TRUE(shows("map.legend.true_posterior"));
    // Of another image nothing is said before it is known.
    window.runs.in_hand().view_state.point = 6;
    window.frame();
    ASSERT_TRUE(window.becomes([&] {
        const auto view = window.runs.in_hand().link.views().get<live::TruePosteriorView>();
        EXPECT_EQ(shows("map.true_posterior"), view->posterior.index == 6);
        return view->posterior.index == 6;
    }));
    ASSERT_TRUE(window.click("map.toggle.true_posterior"));
    EXPECT_FALSE(asked());
    EXPECT_FALSE(shows("inspector.log_p"));
    EXPECT_FALSE(shows("map.true_posterior"));
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(TruePosteriorLayer, OfOneLatentStandsOverThePoint) {
    RunConfig config = test::tiny_config();
    config.latents = 1;
    begin(config);
    ASSERT_TRUE(window.click("map.toggle.true_posterior"));
    ASSERT_TRUE(window.becomes([&] { return shows("map.true_posterior"); }));
    EXPECT_EQ(value("map.true_posterior"), "0 lines");
}

TEST_F(TruePosteriorLayer, IsNotThereWhereNoVarianceIsTrained) {
    RunConfig config = test::tiny_config();
    config.estimator = "autoencoder";
    begin(config);
    window.settings.layers["true_posterior"] = true;
    window.frame();
    EXPECT_FALSE(asked());
    EXPECT_FALSE(shows("map.legend.true_posterior"));
}

class TruePosteriorExport : public Exporter {};

TEST_F(TruePosteriorExport, ShowsTheLinesWhereTheLayerIsOn) {
    source_.view_state.point = 3;
    source_.settings.points_shown = false;
    const ImU32 colour = source_.theme.true_posterior;
    const auto coloured = [&] {
        const Png png = read_png(write(map_export()));
        int found = 0;
        for (int y = 0; y < png.height; ++y) {
            for (int x = 0; x < png.width; ++x) {
                const auto rgb = png.rgb(x, y);
                found += rgb[0] == (colour >> IM_COL32_R_SHIFT & 0xFF) &&
                         rgb[1] == (colour >> IM_COL32_G_SHIFT & 0xFF);
            }
        }
        return found;
    };
    EXPECT_EQ(coloured(), 0);
    source_.settings.layers["true_posterior"] = true;
    EXPECT_GT(coloured(), 50);
}

}  // namespace
}  // namespace elbow::gui
