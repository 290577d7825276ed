// Bookmarks: what they keep, and that going there, renaming and deleting are undone.

#include "app/gui/bookmarks.h"

#include <gtest/gtest.h>

#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

ViewState somewhere() {
    ViewState view;
    view.fit_to(3);
    view.put_dot_and_plane({1, 2, 3});
    view.put_on_axis(2, false);
    view.rect = {0.5, -0.5, 2.0};
    view.follow_fit = false;
    view.selection = {1, 4};
    view.point = 4;
    return view;
}

TEST(Bookmarks, BringBackThePlaceAndTheLookOfTheMap) {
    ViewState view = somewhere();
    MapLook look;
    look.layers["ellipses"] = true;
    look.backdrop = Backdrop::kDensity;
    add_bookmark(view, look, {1, 2, 3});
    const Place there = view.bookmarks[0]->place;
    view.put_dot({0, 0, 0});
    view.put_on_axis(0, false);
    view.selection.clear();
    view.attributes = {{"round", {1}, {}}};
    view.drawing = {9, 9};
    MapLook other;
    go_to_bookmark(0, view, other);
    EXPECT_EQ(other, look);
    EXPECT_EQ(view.cursor, (std::vector<float>{1, 2, 3}));
    EXPECT_EQ(view.x_axis, 2);
    EXPECT_EQ(view.rect, there.rect);
    EXPECT_EQ(view.selection, (std::vector<int>{1, 4}));
    EXPECT_EQ(view.attributes.size(), 1U) << "these belong to no place";
    EXPECT_EQ(view.drawing.size(), 2U);
    EXPECT_EQ(view.bookmarks.size(), 1U);
}

// The dot of a run follows its codes until somebody moves it: a bookmark keeps where it was.
TEST(Bookmarks, FollowNothing) {
    ViewState view;
    view.fit_to(2);
    ASSERT_TRUE(view.dot_follows && view.path_follows && view.axes_follow && view.follow_fit);
    add_bookmark(view, {}, {});
    EXPECT_TRUE(view.dot_follows) << "making one changes nothing else";
    MapLook look;
    go_to_bookmark(0, view, look);
    EXPECT_FALSE(view.dot_follows || view.path_follows || view.axes_follow || view.follow_fit);
}

TEST(Bookmarks, HaveNamesOfTheirOwn) {
    ViewState view;
    view.fit_to(2);
    for (int i = 0; i < 3; ++i) add_bookmark(view, {}, {});
    EXPECT_EQ(view.bookmarks[2]->name, "Place 3");
    delete_bookmark(view, 1);
    add_bookmark(view, {}, {});
    EXPECT_EQ(view.bookmarks[2]->name, "Place 4") << "Place 3 is still there";
    rename_bookmark(view, 0, "A nine");
    EXPECT_EQ(view.bookmarks[0]->name, "A nine");
    rename_bookmark(view, 0, "  ");
    EXPECT_EQ(view.bookmarks[0]->name, "A nine");
}

class BookmarksOfTheWindow : public testing::Test {
  protected:
    void SetUp() override {
        window.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
        window.runs.send(live::Pause{});
        ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
        window.settle();
    }
    // As after half a second without a hand.
    void act(const std::string& id) {
        bool found = false;
        window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
            for (const WindowAction& each : actions) {
                if (each.id != id) continue;
                found = true;
                perform(each, false, workspace);
            }
        });
        EXPECT_TRUE(found) << id;
        rest();
    }
    void rest() {
        for (int frames = 0; frames < 8; ++frames) window.frame();
    }
    ViewState& view() { return window.runs.in_hand().view_state; }
    // Of a toggle in the menu that is open.
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(BookmarksOfTheWindow, AreMadeVisitedAndUndone) {
    view().put_dot({0.5f, -0.5f});
    window.settings.layers["ellipses"] = true;
    ASSERT_TRUE(window.becomes([&] {
        const auto dot = window.runs.in_hand().link.views().get<live::CursorView>();
        return dot && dot->z == view().cursor;
    }));
    rest();
    act("bookmarks.add");
    ASSERT_EQ(view().bookmarks.size(), 1U);
    EXPECT_FALSE(view().bookmarks[0]->image.empty());
    view().put_dot({-1.0f, 1.0f});
    window.settings.layers["ellipses"] = false;
    rest();
    act("bookmarks.go.1");
    EXPECT_EQ(view().cursor, (std::vector<float>{0.5f, -0.5f}));
    EXPECT_TRUE(window.settings.layers["ellipses"]);
    act("run.undo");
    EXPECT_EQ(view().cursor, (std::vector<float>{-1.0f, 1.0f}));
    EXPECT_FALSE(window.settings.layers["ellipses"]);
    act("run.redo");
    EXPECT_EQ(view().cursor, (std::vector<float>{0.5f, -0.5f}));
    EXPECT_TRUE(window.settings.layers["ellipses"]);
}

TEST_F(BookmarksOfTheWindow, AreInAMenuOfTheMap) {
    act("bookmarks.add");
    view().put_dot({1.0f, 1.0f});
    rest();
    act("bookmarks.add");
    ASSERT_TRUE(window.click("bookmarks"));
    ASSERT_TRUE(shows("bookmarks.2"));
    ASSERT_TRUE(window.click("bookmarks.1"));
    rest();
    EXPECT_EQ(view().cursor, view().bookmarks[0]->place.cursor);
    EXPECT_TRUE(shows("bookmarks.1")) << "the menu stays, for the next one";
    ASSERT_TRUE(window.click("bookmarks.1.delete"));
    rest();
    ASSERT_EQ(view().bookmarks.size(), 1U);
    EXPECT_EQ(view().bookmarks[0]->name, "Place 2");
    act("run.undo");
    ASSERT_EQ(view().bookmarks.size(), 2U);
    EXPECT_EQ(view().bookmarks[0]->name, "Place 1");
}

TEST_F(BookmarksOfTheWindow, AreRenamedInPlace) {
    act("bookmarks.add");
    ASSERT_TRUE(window.click("bookmarks"));
    ASSERT_TRUE(window.click("bookmarks.1.rename"));
    ASSERT_TRUE(shows("bookmarks.name"));
    ImGui::GetIO().AddInputCharactersUTF8("A nine");
    rest();
    EXPECT_EQ(window.shown["bookmarks.name"].value, "A nine");
    EXPECT_EQ(view().bookmarks[0]->name, "Place 1") << "not before Enter";
}

TEST_F(BookmarksOfTheWindow, AreSavedWithTheRun) {
    act("bookmarks.add");
    const RunSession session = window.runs.in_hand().session();
    EXPECT_EQ(parse_session(session_text(session)).view_state->bookmarks, view().bookmarks);
}

}  // namespace
}  // namespace elbow::gui
