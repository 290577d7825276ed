// Lecture mode in whole frames: what it shows, and that it leaves nothing behind.

#include "app/gui/lecture.h"

#include <gtest/gtest.h>

#include "tests/app/drawn_labels.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class LectureMode : public testing::Test {
  protected:
    void act(const std::string& id) {
        window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
            for (const WindowAction& each : actions)
                if (each.id == id) perform(each, false, workspace);
        });
        window.settle();
    }
    std::string why_not(const std::string& id) {
        std::string found = "there is no such action";
        window.with_actions([&](const WindowActions& actions, Workspace&) {
            for (const WindowAction& each : actions)
                if (each.id == id) found = each.why_not;
        });
        return found;
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(LectureMode, ShowsTheMapTheImageAndTheCurvesAlone) {
    window.settle();
    act("view.lecture");
    for (const char* panel : {"map", "inspector", "curves"}) EXPECT_TRUE(shows(panel)) << panel;
    for (const char* panel : {"controls", "prior", "reconstructions", "interpolation"})
        EXPECT_FALSE(shows(panel)) << panel;
    EXPECT_FALSE(shows("images.title"));
    EXPECT_GT(window.shown["map"].width, 900.0f);
    EXPECT_EQ(window.settings.scale, 1.5f);
    EXPECT_NE(why_not("prior.show"), "");
    EXPECT_EQ(why_not("prior.show").find("This run"), std::string::npos);
}

TEST_F(LectureMode, PutsBackLayoutAndScaleExactly) {
    window.settings.scale = 1.25f;
    window.settle();
    ASSERT_TRUE(window.carry("curves.title", {1500, 120}));
    window.let_go({1500, 120});
    ASSERT_TRUE(window.click("prior.maximise"));
    const Settings before = window.settings;
    ASSERT_FALSE(before.layout.empty());
    const auto shown = window.shown;
    act("view.lecture");
    EXPECT_TRUE(window.lecture.without(window.settings) == before) << "what is remembered of it";
    ASSERT_TRUE(window.carry("splitter.inspector", {700, 500}));
    window.let_go({700, 500});
    window.settings.scale = 2.0f;
    act("view.lecture");
    EXPECT_TRUE(window.settings == before);
    EXPECT_TRUE(shows("prior"));
    EXPECT_FALSE(shows("map")) << "the panel that filled the window does so again";
    EXPECT_EQ(window.shown["prior"].width, shown.at("prior").width);
}

TEST_F(LectureMode, NeverMakesTheTypeSmaller) {
    window.settle();
    Settings settings;
    Workspace workspace(make_panels());
    Lecture lecture;
    lecture.toggle(settings, workspace, 3.5f);
    EXPECT_GE(settings.scale, 3.5f);
}

// The fonts of a lecture in a window of the same size.
TEST(LectureOfARun, IsReadable) {
    WholeWindow window{1600, 1000, 1.5f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
        for (const WindowAction& each : actions)
            if (each.id == "view.lecture") perform(each, false, workspace);
    });
    window.settle();
    for (const std::string& fault : DrawnLabels().faults()) ADD_FAILURE() << fault;
}

}  // namespace
}  // namespace elbow::gui
