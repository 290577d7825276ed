#include "app/gui/panels/latents_panel.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/live/questions/traversals.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

TEST(LatentsThatCarry, AreTheFewestWithSoMuchOfTheKl) {
    const std::vector<float> kl{0.1f, 6.0f, 3.0f, 0.9f};
    EXPECT_EQ(latents_that_carry(kl, 0.5), 1);
    EXPECT_EQ(latents_that_carry(kl, 0.9), 2);
    EXPECT_EQ(latents_that_carry(kl, 0.95), 3);
    EXPECT_EQ(latents_that_carry(kl, 1.0), 4);
    EXPECT_EQ(latents_that_carry(std::vector<float>{0.0f, 0.0f}, 0.95), 0);
    EXPECT_EQ(
        latents_that_carry(std::vector<float>{std::numeric_limits<float>::quiet_NaN(), 1.0f}, 0.95),
        1);
}

class LatentsPanel : public testing::Test {
  protected:
    void begin(int latents) {
        RunConfig config = test::tiny_config();
        config.latents = latents;
        window.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    LiveRun& run() { return window.runs.in_hand(); }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(LatentsPanel, HasATabWhereThereAreMoreLatentsThanTheMapShows) {
    begin(2);
    EXPECT_FALSE(shows("latents.title"));
    begin(6);
    ASSERT_TRUE(window.becomes([&] { return shows("latents.title"); }));
    EXPECT_EQ(window.shown["latents.title"].value, "behind");
    EXPECT_FALSE(run().visible.traversals.has_value()) << "nobody looks at it";
}

TEST_F(LatentsPanel, TheNumbersOfTheDotSayWhichAreOnTheAxes) {
    begin(6);
    run().view_state.axes_follow = false;
    run().view_state.x_axis = 4;
    run().view_state.y_axis = 1;
    EXPECT_TRUE(window.becomes([&] {
        return shows("inspector.z5  x") && shows("inspector.z2  y") && shows("inspector.z1");
    }));
}

TEST_F(LatentsPanel, ShowsWhatEachLatentDoesAndMovesTheDotAlongIt) {
    begin(6);
    ASSERT_TRUE(window.becomes([&] { return shows("latents.title"); }));
    ASSERT_TRUE(window.click("latents.title"));
    ASSERT_TRUE(window.becomes([&] {
        return shows("latents.images") && !window.shown["latents.images"].value.empty() &&
               shows("latents.carry");
    }));
    const auto view = run().link.views().get<live::TraversalView>();
    EXPECT_GE(view->query.latents.size(), 3u);
    EXPECT_EQ(view->query.z, run().view_state.cursor);
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    window.settle();
    const int latent = view->query.latents[1];
    const std::string strip = "latents.z" + std::to_string(latent + 1);
    const LayoutLog::Rect box = window.shown[strip];
    const std::string before = window.shown["latents.images"].value;
    ASSERT_TRUE(window.carry(strip, {box.x + 0.9f * box.width, box.y + 0.5f * box.height}));
    window.let_go({box.x + 0.9f * box.width, box.y + 0.5f * box.height});
    const float value = run().view_state.cursor[static_cast<std::size_t>(latent)];
    EXPECT_NEAR(value, 0.8 * 3.0, 0.05);
    EXPECT_TRUE(window.becomes([&] {
        return run().link.views().get<live::TraversalView>()->query.z == run().view_state.cursor;
    }));
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
