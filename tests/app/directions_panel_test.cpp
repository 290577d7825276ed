#include "app/gui/panels/directions_panel.h"

#include <gtest/gtest.h>

#include "engine/live/questions/directions.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class DirectionsPanel : public testing::Test {
  protected:
    void begin(int latents) {
        RunConfig config = test::tiny_config();
        config.latents = latents;
        window.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    LiveRun& run() { return window.runs.in_hand(); }
    std::shared_ptr<const live::DirectionsView> view() {
        return run().link.views().get<live::DirectionsView>();
    }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(DirectionsPanel, IsAskedForWhileItIsSeen) {
    begin(2);
    EXPECT_EQ(window.shown["directions.title"].value, "behind");
    EXPECT_EQ(view(), nullptr) << "nobody looks at it";
    ASSERT_TRUE(window.click("directions.title"));
    ASSERT_TRUE(window.becomes([&] { return shows("directions.row2"); }));
    EXPECT_FALSE(shows("directions.row3")) << "there are two";
    ASSERT_TRUE(window.click("reconstructions.title"));
    window.frame();
    EXPECT_FALSE(run().visible.directions.has_value());
}

TEST_F(DirectionsPanel, ADragMovesTheDotAlongTheDirectionOfWhereItBegan) {
    begin(6);
    ASSERT_TRUE(window.click("directions.title"));
    ASSERT_TRUE(window.becomes([&] { return shows("directions.row6"); }));
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    window.settle();
    const auto before = view();
    ASSERT_EQ(before->query.z, run().view_state.cursor);
    const LayoutLog::Rect row = window.shown["directions.row1"];
    ASSERT_TRUE(window.carry("directions.row1", {row.x + 0.9f * row.width, row.y + 4.0f}));
    const std::vector<float> dot = run().view_state.cursor;
    const auto direction = before->directions.vector(0);
    const double along = 0.8 * before->query.end;
    for (std::size_t n = 0; n < 6; ++n)
        EXPECT_NEAR(dot[n], before->query.z[n] + along * direction[n], 0.03) << n;
    EXPECT_EQ(run().view_state.anchor, dot) << "the plane of the map goes with it";
    EXPECT_EQ(run().visible.directions->z, before->query.z) << "while it is held";
    window.let_go({row.x + 0.9f * row.width, row.y + 4.0f});
    ASSERT_TRUE(window.becomes([&] { return view()->query.z == dot; }));
    double shares = 0.0;
    for (std::size_t i = 0; i < 6; ++i) shares += view()->directions.share(i);
    EXPECT_NEAR(shares, 1.0, 1e-9);
}

TEST(DirectionsInASmallWindow, HaveTheirTabBesideThatOfTheLatents) {
    WholeWindow window{1000, 700, 1.0f};
    RunConfig config = test::tiny_config();
    config.latents = 3;
    window.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.click("directions.title"));
    ASSERT_TRUE(window.becomes(
        [&] { return window.runs.in_hand().link.views().get<live::DirectionsView>() != nullptr; }));
    EXPECT_EQ(window.shown["latents.title"].value, "behind");
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
