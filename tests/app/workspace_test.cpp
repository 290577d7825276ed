// Panels that are carried by their titles, brought to the front and put back, in whole frames.

#include <gtest/gtest.h>

#include "tests/app/sample_layouts.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class CarriedPanels : public testing::Test {
  protected:
    ImVec2 in(const std::string& name, float across, float down) {
        const LayoutLog::Rect& box = window.shown.at(name);
        return {box.x + across * box.width, box.y + down * box.height};
    }
    std::string carry(const std::string& panel, ImVec2 to) {
        EXPECT_TRUE(window.carry(panel + ".title", to)) << panel;
        window.let_go(to);
        return text_of_layout(window.settings.layout);
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    std::string value(const std::string& name) { return window.shown[name].value; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(CarriedPanels, GoIntoAnotherGroupAndComeToTheFrontThere) {
    window.settle();
    EXPECT_EQ(carry("curves", in("prior.title", 0.9f, 0.5f)),
              "(controls | (((map / interpolation) | inspector) / (reconstructions*,directions | "
              "prior,curves*)))");
    EXPECT_EQ(value("curves.title"), "front");
    EXPECT_EQ(value("prior.title"), "behind");
    EXPECT_TRUE(shows("curves"));
    EXPECT_FALSE(shows("prior"));
    EXPECT_GT(window.shown["reconstructions"].width, 600.0f) << "it has the room of the curves";
}

TEST_F(CarriedPanels, ShowWhereTheyWouldLandBeforeTheyDo) {
    window.settle();
    const ImVec2 there = in("inspector", 0.5f, 0.95f);
    ASSERT_TRUE(window.carry("prior.title", there));
    ASSERT_TRUE(shows("layout.preview"));
    const LayoutLog::Rect preview = window.shown["layout.preview"];
    EXPECT_EQ(preview.value, "prior");
    EXPECT_TRUE(window.settings.layout.empty()) << "the mouse still holds it";
    window.let_go(there);
    EXPECT_FALSE(shows("layout.preview"));
    const LayoutLog::Rect landed = window.shown["prior"];
    EXPECT_EQ(landed.x, preview.x);
    EXPECT_EQ(landed.width, preview.width);
    EXPECT_EQ(landed.y + landed.height, preview.y + preview.height);
}

TEST_F(CarriedPanels, StayWhereTheyAreAfterEscape) {
    window.settle();
    EXPECT_FALSE(window.cancel_move()) << "nothing is carried";
    const ImVec2 there = in("inspector", 0.5f, 0.5f);
    ASSERT_TRUE(window.carry("prior.title", there));
    EXPECT_TRUE(window.cancel_move());
    window.frame();
    EXPECT_FALSE(shows("layout.preview"));
    window.let_go(there);
    EXPECT_TRUE(window.settings.layout.empty());
}

TEST_F(CarriedPanels, AreNotMovedByAClick) {
    ASSERT_TRUE(window.click("map.title"));
    EXPECT_TRUE(window.settings.layout.empty());
    EXPECT_TRUE(shows("curves"));
}

TEST_F(CarriedPanels, AClickOnATitleBehindBringsItToTheFront) {
    window.settle();
    carry("curves", in("prior.title", 0.9f, 0.5f));
    ASSERT_TRUE(window.click("prior.title"));
    EXPECT_EQ(text_of_layout(*group_of(window.settings.layout, "prior")), "prior*,curves");
    EXPECT_TRUE(shows("prior"));
    EXPECT_FALSE(shows("curves"));
    // Held and carried on in one go, as a hand does.
    EXPECT_EQ(carry("curves", in("controls", 0.5f, 0.95f)),
              "((controls / curves) | (((map / interpolation) | inspector) / "
              "(reconstructions*,directions | "
              "prior)))");
}

TEST_F(CarriedPanels, OneThatIsAloneInItsTabsFillsTheWindowAsEver) {
    window.settle();
    carry("curves", in("prior.title", 0.9f, 0.5f));
    ASSERT_TRUE(window.click("curves.maximise"));
    EXPECT_FALSE(shows("map"));
    EXPECT_FALSE(shows("prior.title"));
    EXPECT_GT(window.shown["curves"].width, 1500.0f);
    ASSERT_TRUE(window.click("curves.maximise"));
    EXPECT_TRUE(shows("map"));
    EXPECT_TRUE(shows("prior.title"));
}

TEST_F(CarriedPanels, AreAllPutBackFromTheViewMenu) {
    window.settle();
    const LayoutLog::Rect before = window.shown["prior"];
    carry("curves", in("prior.title", 0.9f, 0.5f));
    carry("map", in("controls", 0.5f, 0.5f));
    ASSERT_TRUE(window.click("top.view"));
    ASSERT_TRUE(window.click("view.reset_layout"));
    EXPECT_TRUE(window.settings.layout.empty());
    window.settle();
    EXPECT_EQ(window.shown["prior"].x, before.x);
    EXPECT_TRUE(shows("curves"));
}

TEST_F(CarriedPanels, ADoubleClickOnATitleFillsTheWindow) {
    for (const bool fills : {true, false}) {
        ASSERT_TRUE(window.click("map.title"));
        ASSERT_TRUE(window.click("map.title"));
        EXPECT_EQ(shows("curves"), !fills);
    }
    EXPECT_TRUE(window.settings.layout.empty());
}

TEST_F(CarriedPanels, LeaveTheSplittersToTheMouse) {
    window.settle();
    const float x = window.shown["splitter.map"].x;
    ASSERT_TRUE(window.carry("splitter.map", {x + 60, 500}));
    window.let_go({x + 60, 500});
    EXPECT_NEAR(window.shown["splitter.map"].x, x + 60, 4.0f);
    EXPECT_FALSE(window.settings.layout.empty());
}

TEST_F(CarriedPanels, TheTwoMapsOfARaceGoTogether) {
    RunConfig rival = test::tiny_config();
    rival.estimator = "wake_sleep";
    window.begin(test::tiny_config(), test::tiny_dataset(), rival);
    ASSERT_TRUE(window.becomes([&] { return shows("second.map.canvas"); }));
    window.settle();
    EXPECT_EQ(carry("second.second_map", in("curves.title", 0.9f, 0.5f)),
              "(controls | ((interpolation*,estimator | inspector*,images,selection,draw) / "
              "(curves,map*,compare | "
              "(reconstructions*,directions | prior))))");
    EXPECT_TRUE(shows("map.canvas"));
    EXPECT_TRUE(shows("second.map.canvas"));
    ASSERT_TRUE(window.click("curves.title"));
    EXPECT_FALSE(shows("map.canvas"));
    EXPECT_FALSE(shows("second.map.canvas"));
}

}  // namespace
}  // namespace elbow::gui
