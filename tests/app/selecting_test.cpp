#include "app/gui/map/selecting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "app/gui/exports/map.h"
#include "app/gui/exports/selection.h"
#include "app/gui/panels/picture.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Selecting, ReplacesAddsAndTakesAway) {
    const Selection before{1, 3, 5}, found{3, 4};
    EXPECT_THAT(combined(before, found, Selecting::kReplace), ElementsAre(3, 4));
    EXPECT_THAT(combined(before, found, Selecting::kAdd), ElementsAre(1, 3, 4, 5));
    EXPECT_THAT(combined(before, found, Selecting::kTakeAway), ElementsAre(1, 5));
    EXPECT_THAT(inverted(before, 6), ElementsAre(0, 2, 4));
    EXPECT_THAT(inverted({}, 2), ElementsAre(0, 1));
    EXPECT_THAT(toggled(before, 4), ElementsAre(1, 3, 4, 5));
    EXPECT_THAT(toggled(before, 3), ElementsAre(1, 5));
    EXPECT_TRUE(is_selected(before, 5));
    EXPECT_FALSE(is_selected(before, 2));
}

TEST(Selecting, TakesThePointsWithinALineThatMayBeHollow) {
    PlacedPoints points;
    points.xy = {
        0.5f, 0.5f, 1.5f, 1.5f, 2.5f, 0.5f, 1.5f, 0.2f, std::numeric_limits<float>::quiet_NaN(),
        0.0f};
    points.labels = {0, 1, 0, 0, 0};
    // A U: its arms at x 0 to 1 and 2 to 3.
    const std::vector<PlanePoint> line{{0, 0}, {3, 0}, {3, 2}, {2, 2},
                                       {2, 1}, {1, 1}, {1, 2}, {0, 2}};
    EXPECT_THAT(inside(points, 0, line), ElementsAre(0, 2, 3));
    EXPECT_THAT(inside(points, 1U << 0, line), IsEmpty()) << "what is hidden is not selected";
    EXPECT_THAT(inside(points, 0, std::span(line).first(2)), IsEmpty());
}

TEST(Selecting, UnderstandsLabelsAndNumbers) {
    data::Dataset dataset;
    dataset.class_names = {"cat", "7"};
    dataset.held_out.count = 30;
    for (int i = 0; i < 30; ++i) dataset.held_out.labels.push_back(i % 10 == 7 ? 1 : 0);
    const std::vector<std::string> moods{"glad", "7"};
    const MapClasses shown{moods, dataset.held_out.labels, "mood"};
    std::string message;
    const auto typed = [&](std::string_view text) {
        return typed_selection(text, dataset, shown, message);
    };
    EXPECT_THAT(typed("7"), ElementsAre(7, 17, 27)) << "the class";
    EXPECT_THAT(typed("7, 20-22"), ElementsAre(7, 20, 21, 22)) << "the number";
    EXPECT_EQ(typed(" cat ").size(), 27u) << "a label, whatever the points are coloured by";
    EXPECT_EQ(typed("glad").size(), 27u) << "a word of the column that colours the points";
    EXPECT_THAT(typed(""), IsEmpty());
    EXPECT_EQ(message, "");
    for (const char* wrong : {"dog", "3, 30", "9-5", "-3", "1e3"}) {
        EXPECT_THAT(typed(wrong), IsEmpty()) << wrong;
        EXPECT_THAT(message, HasSubstr("a number up to 29")) << wrong;
    }
}

TEST(Selecting, AloneTheOthersAreNowhere) {
    PlacedPoints points;
    points.xy = {1, 1, 2, 2, 3, 3};
    ViewState state;
    state.selection = {1};
    EXPECT_EQ(isolated(points, state).xy, points.xy);
    state.isolate = true;
    const PlacedPoints alone = isolated(points, state);
    EXPECT_TRUE(std::isnan(alone.xy[0]));
    EXPECT_EQ(alone.at(1).x, 2.0);
    state.selection.clear();
    EXPECT_EQ(isolated(points, state).xy, points.xy) << "of nothing all are shown";
}

class SelectionPanel : public testing::Test {
  protected:
    void SetUp() override {
        window.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
        ASSERT_TRUE(window.click("selection.title"));
        ASSERT_TRUE(window.becomes([&] { return shows("selection.count"); }));
    }
    bool shows(const std::string& name) const { return window.shown.count(name) > 0; }
    ViewState& state() { return window.runs.in_hand().view_state; }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(SelectionPanel, SelectsInvertsAndMakesAnAttributeThatMovesTheDot) {
    ASSERT_TRUE(window.click("selection.all"));
    EXPECT_EQ(state().selection.size(), 60u);
    ASSERT_TRUE(window.click("selection.invert"));
    EXPECT_THAT(state().selection, IsEmpty());
    state().selection = {3, 4, 5};
    ASSERT_TRUE(window.becomes([&] { return shows("selection.mean.1"); }));
    EXPECT_EQ(window.shown["selection.first"].value, "3");
    EXPECT_EQ(window.shown["map.selection"].value, "3");
    ASSERT_TRUE(window.click("attributes.new"));
    ASSERT_EQ(state().attributes.size(), 1u);
    EXPECT_EQ(state().attributes[0].with, (std::vector<int>{3, 4, 5}));
    EXPECT_EQ(state().attributes[0].name, "Attribute 1");
    ASSERT_TRUE(window.becomes([&] { return shows("attributes.1.amount"); }));
    const std::vector<float> before = state().cursor;
    ASSERT_TRUE(window.click("attributes.1.amount"));
    EXPECT_NE(state().cursor, before);
    EXPECT_FALSE(state().dot_follows);
    ASSERT_TRUE(window.click("attributes.1.menu"));
    ASSERT_TRUE(window.becomes([&] { return shows("attributes.menu.delete"); }));
    ASSERT_TRUE(window.click("attributes.menu.delete"));
    EXPECT_THAT(state().attributes, IsEmpty());
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(SelectionPanel, AnAttributeOfOneLabelHasItsName) {
    const data::Dataset& dataset = *window.runs.in_hand().state->dataset;
    state().selection.clear();
    for (int i = 0; i < dataset.held_out.count; ++i)
        if (class_name(dataset, i) == class_name(dataset, 3)) state().selection.push_back(i);
    ASSERT_TRUE(window.becomes([&] { return shows("selection.mean.1"); }));
    ASSERT_TRUE(window.click("attributes.new"));
    ASSERT_TRUE(window.click("attributes.new"));
    ASSERT_EQ(state().attributes.size(), 2u);
    EXPECT_EQ(state().attributes[0].name, class_name(dataset, 3));
    EXPECT_EQ(state().attributes[1].name, class_name(dataset, 3) + " (2)");
}

TEST_F(SelectionPanel, TheAnalogyMovesTheDotAsFarAsItIsFromAToB) {
    state().put_a({0.0f, 1.0f});
    state().put_b({1.0f, 1.5f});
    state().put_dot({-1.0f, 0.25f});
    window.frame();
    ASSERT_TRUE(window.click("attributes.analogy"));
    EXPECT_THAT(state().cursor, ElementsAre(0.0f, 0.75f));
}

class SelectionExport : public Exporter {};

TEST_F(SelectionExport, IsASheetAndATableOfTheSelectedImages) {
    source_.view_state.selection.clear();
    EXPECT_THROW(write(selection_export()), Error);
    EXPECT_THROW(write(selection_table_export()), Error);
    source_.view_state.selection = {2, 5, 11};
    const auto bytes = read_file(write(selection_table_export()));
    const std::string text(bytes.begin(), bytes.end());
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
    EXPECT_THAT(text, HasSubstr("\n5,odd,"));
    const Png png = read_png(write(selection_export()));
    EXPECT_EQ(png.width, 3 * (3 * 5 + 2)) << "three beside each other";
    source_.view_state.selection = {2, 12};
    EXPECT_THROW(write(selection_export()), Error) << "there is no such image";
    EXPECT_THROW(write(selection_table_export()), Error);
}

TEST_F(SelectionExport, IsInThePictureOfTheMap) {
    source_.view_state.selection.clear();
    const auto before = export_png(map_export(), source(), progress_);
    source_.view_state.selection = {2, 5, 11};
    const auto ringed = export_png(map_export(), source(), progress_);
    EXPECT_NE(ringed, before);
    source_.view_state.isolate = true;
    EXPECT_NE(export_png(map_export(), source(), progress_), ringed);
}

}  // namespace
}  // namespace elbow::gui
