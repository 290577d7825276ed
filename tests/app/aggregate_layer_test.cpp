// The layer of the map that draws q(z) against the prior.

#include <gtest/gtest.h>

#include "app/gui/exports/map.h"
#include "engine/live/questions/aggregate.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

TEST(AggregateLayer, FollowsTheMapSaysTheDivergenceAndMarksADotThatIsOffTheData) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    EXPECT_EQ(window.runs.in_hand().link.views().get<live::AggregateView>(), nullptr)
        << "nobody asks for it";
    ASSERT_TRUE(window.click("map.toggle.aggregate"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("map.aggregate") > 0; }));
    EXPECT_NE(window.shown["map.legend.aggregate"].value.find(" nats"), std::string::npos);
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] {
        const auto view = window.runs.in_hand().link.views().get<live::AggregateView>();
        return window.shows_the_last_step() &&
               view->stamp.step == window.runs.in_hand().state->snapshot->step;
    }));
    window.runs.in_hand().view_state.put_dot({40.0f, 0.0f});
    window.frame();
    EXPECT_NE(window.shown["map.aggregate"].value.find("dot off"), std::string::npos);
    const auto map = window.runs.in_hand().link.views().get<live::MapView>();
    window.runs.in_hand().view_state.put_dot({map->map.mean[0], map->map.mean[1]});
    window.frame();
    EXPECT_EQ(window.shown["map.aggregate"].value.find("dot off"), std::string::npos);
    EXPECT_EQ(NullGl::refused(), "");
}

class AggregateExport : public Exporter {};

TEST_F(AggregateExport, IsInThePictureWhereTheLayerIsOn) {
    source_.settings.points_shown = false;
    const auto before = export_png(map_export(), source(), progress_);
    source_.settings.layers["aggregate"] = true;
    EXPECT_NE(export_png(map_export(), source(), progress_), before);
}

}  // namespace
}  // namespace elbow::gui
