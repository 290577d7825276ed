// The points of the map coloured by what the model makes of each image.

#include "app/gui/map/colourings.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "app/gui/exports/map.h"
#include "engine/live/questions/scores.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

TEST(Colourings, HaveNamesOfTheirOwn) {
    std::set<std::string> ids;
    for (const Colouring& each : colourings()) {
        ids.insert(each.id);
        EXPECT_EQ(find_colouring(each.id), &each);
    }
    EXPECT_EQ(ids.size(), colourings().size());
    EXPECT_EQ(find_colouring("label"), nullptr);
    EXPECT_EQ(find_colouring("mood"), nullptr);
}

TEST(ColourScale, HoldsAllButTheOutermostValues) {
    std::vector<float> values;
    for (int i = 0; i <= 1000; ++i) values.push_back(static_cast<float>(i));
    values.push_back(1e9f);
    values.push_back(std::numeric_limits<float>::quiet_NaN());
    const ColourScale scale = scale_of(values);
    EXPECT_NEAR(scale.low, 10.0f, 2.0f);
    EXPECT_NEAR(scale.high, 990.0f, 2.0f);
    EXPECT_EQ(scale.step(-5.0f), 0);
    EXPECT_EQ(scale.step(1e9f), kColourSteps - 1);
    EXPECT_EQ(scale.step(550.0f), 5);
    EXPECT_EQ(scale.step(std::numeric_limits<float>::quiet_NaN()), 0);
    const ColourScale flat = scale_of({3.0f, 3.0f});
    EXPECT_LT(flat.low, 3.0f);
    EXPECT_GT(flat.high, 3.0f);
    EXPECT_LT(scale_of({}).low, scale_of({}).high);
}

TEST(ColouredPoints, AreChosenInTheLegendWhichThenSaysTheScale) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown["map.colour"].value, "Label");
    EXPECT_EQ(window.runs.in_hand().link.views().get<live::ScoresView>(), nullptr)
        << "nobody asks for them";
    ASSERT_TRUE(window.click("map.colour"));
    ASSERT_TRUE(window.click("map.colour.bound"));
    EXPECT_EQ(window.settings.point_colour, "bound");
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.colour_bar") > 0; }));
    EXPECT_EQ(window.shown["map.scores"].value, "bound");
    EXPECT_NE(window.shown["map.colour_bar"].value.find(" to "), std::string::npos);
    EXPECT_TRUE(window.shown.count("map.legend.0") > 0) << "labels can still be hidden";
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(ColouredPoints, ARunWithoutABoundHasNoChoice) {
    WholeWindow window{1600, 1000, 1.0f};
    RunConfig config = test::tiny_config();
    config.estimator = "autoencoder";
    window.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.shown.count("map.colour"), 0u);
}

class ColouredExport : public Exporter {};

TEST_F(ColouredExport, HasThePointsAndTheBarInTheColoursOfTheScale) {
    source_.view_state.path_shown = false;
    source_.view_state.cursor = {100.0f, 100.0f};
    const auto of_the_scale = [&] {
        const Png png = read_png(write(map_export()));
        std::set<std::array<std::uint8_t, 3>> steps;
        for (const ImU32 step : source_.theme.steps) {
            steps.insert({static_cast<std::uint8_t>(step >> IM_COL32_R_SHIFT),
                          static_cast<std::uint8_t>(step >> IM_COL32_G_SHIFT),
                          static_cast<std::uint8_t>(step >> IM_COL32_B_SHIFT)});
        }
        int found = 0;
        for (int y = 0; y < png.height; ++y)
            for (int x = 0; x < png.width; ++x) found += steps.count(png.rgb(x, y)) > 0 ? 1 : 0;
        return found;
    };
    EXPECT_EQ(of_the_scale(), 0);
    source_.settings.point_colour = "kl";
    EXPECT_GT(of_the_scale(), 500);
}

}  // namespace
}  // namespace elbow::gui
