// A column of words that colours the points: they are hidden, shown and selected as labels are.

#include "app/gui/map/map_classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/exports/map.h"
#include "app/gui/exports/path.h"
#include "app/gui/map/colourings.h"
#include "app/gui/map/selecting.h"
#include "app/gui/own_columns.h"
#include "engine/core/file.h"
#include "engine/live/questions/class_regions.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using testing::HasSubstr;

io::ImageColumns moods() {
    io::ImageColumns columns{.file = "moods.csv"};
    columns.classes.push_back({"mood", {"glad", "sad"}, {1, 0, 1}});
    columns.left_out.push_back({"name", 45});
    return columns;
}

TEST(MapClasses, AreTheLabelsUnlessAColumnOfWordsColoursThePoints) {
    data::Dataset dataset;
    dataset.class_names = {"0", "1"};
    dataset.held_out.labels = {0, 1, 1};
    const io::ImageColumns columns = moods();
    const MapClasses labels = map_classes(dataset, &columns, "label");
    EXPECT_EQ(labels.column, "");
    EXPECT_EQ(labels.name(1), "1");
    EXPECT_EQ(labels.name(7), "no label");
    EXPECT_EQ(map_classes(dataset, &columns, "bound").column, "");
    EXPECT_EQ(map_classes(dataset, nullptr, "column:mood").column, "") << "the table is gone";
    const MapClasses words = map_classes(dataset, &columns, "column:mood");
    EXPECT_EQ(words.column, "mood");
    EXPECT_EQ(words.count(), 2);
    EXPECT_EQ(words.name(0), "sad");
}

TEST(MapClasses, WhatIsHiddenOfOneIsNotHiddenOfAnother) {
    data::Dataset dataset;
    const io::ImageColumns columns = moods();
    const MapClasses labels = map_classes(dataset, &columns, "label");
    const MapClasses words = map_classes(dataset, &columns, "column:mood");
    ViewState seen;
    seen.hidden_labels = 2;
    fit_hidden(seen, labels);
    EXPECT_EQ(seen.hidden_labels, 2u);
    fit_hidden(seen, words);
    EXPECT_EQ(seen.hidden_labels, 0u);
    seen.hidden_labels = 1;
    fit_hidden(seen, words);
    EXPECT_EQ(seen.hidden_labels, 1u);
    fit_hidden(seen, labels);
    EXPECT_EQ(seen.hidden_labels, 0u);
}

TEST(Columns, OfWordsAreToldAndSoAreThoseOfTooMany) {
    const std::string text = told(moods());
    EXPECT_THAT(text, HasSubstr("coloured by: mood."));
    EXPECT_THAT(text, HasSubstr("at most 32 different words: name (45 different words)."));
}

// Of the window's held-out images, every third is glad.
std::string mood_table(int images) {
    std::string text = "mood\n";
    for (int image = 0; image < images; ++image) text += image % 3 == 0 ? "glad\n" : "sad\n";
    return text;
}

class WindowOfMoods : public testing::Test {
  protected:
    void SetUp() override {
        const auto dataset = test::tiny_dataset();
        write_file_atomically(folder_ / "moods.csv", mood_table(dataset->held_out.count));
        window_.begin(test::tiny_config(), dataset);
        ASSERT_TRUE(window_.shows_everything());
        seen().table = folder_ / "moods.csv";
        ASSERT_TRUE(window_.becomes([&] { return run().columns.now() != nullptr; }));
        window_.settings.point_colour = "column:mood";
        window_.settle();
    }
    LiveRun& run() { return window_.runs.in_hand(); }
    ViewState& seen() { return run().view_state; }
    bool shows(const char* name) const { return window_.shown.count(name) > 0; }

    testing_support::TemporaryFolder folder_;
    WholeWindow window_{1600, 1000, 1.0f};
};

TEST_F(WindowOfMoods, TheLegendHasTheWordsAndHidesThem) {
    EXPECT_EQ(window_.shown["map.colour"].value, "Mood");
    EXPECT_FALSE(shows("map.colour_bar")) << "the rows say the colours";
    EXPECT_TRUE(shows("map.legend.1"));
    EXPECT_FALSE(shows("map.legend.2")) << "there are two words";
    ASSERT_TRUE(window_.click("map.legend.1"));
    EXPECT_EQ(seen().hidden_labels, 2u);
    EXPECT_EQ(seen().hidden_of, "mood");
    window_.settings.point_colour = "label";
    window_.frame();
    EXPECT_EQ(seen().hidden_labels, 0u) << "no label was hidden";
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(WindowOfMoods, TheStripAndTheRegionsAreOfTheWords) {
    const auto is_of_words = [](const std::string& band) {
        return band.find("glad") != std::string::npos || band.find("sad") != std::string::npos;
    };
    EXPECT_TRUE(window_.becomes([&] { return is_of_words(window_.shown["strip.classes"].value); }));
    ASSERT_TRUE(window_.click("map.toggle.classes"));
    ASSERT_TRUE(window_.becomes([&] { return shows("map.classes"); }));
    const auto regions = run().link.views().get<live::ClassRegionsView>();
    ASSERT_NE(regions, nullptr);
    EXPECT_EQ(regions->classes, run().columns.now()->classes.at(0).held_out);
    window_.settings.point_colour = "label";
    window_.frame();
    EXPECT_FALSE(shows("map.classes")) << "what is known is of the words";
    EXPECT_TRUE(window_.becomes([&] { return shows("map.classes") && shows("strip.classes"); }));
    EXPECT_FALSE(is_of_words(window_.shown["strip.classes"].value));
}

TEST_F(WindowOfMoods, UndoBringsBackWhatWasHiddenWithTheColouring) {
    for (int i = 0; i < 8; ++i) window_.frame();
    seen().hidden_labels = 1;
    for (int i = 0; i < 8; ++i) window_.frame();
    window_.settings.point_colour = "label";
    for (int i = 0; i < 8; ++i) window_.frame();
    ASSERT_TRUE(run().undo.undo(seen(), window_.settings));
    for (int i = 0; i < 8; ++i) window_.frame();
    EXPECT_EQ(window_.settings.point_colour, "column:mood");
    EXPECT_EQ(seen().hidden_labels, 1u);
    EXPECT_TRUE(run().undo.can_redo()) << "nothing was done meanwhile";
}

TEST_F(WindowOfMoods, InARaceBothMapsHaveTheTable) {
    RunConfig rival = test::tiny_config();
    rival.step_size = 0.02;
    window_.begin(test::tiny_config(), run().state->dataset, rival);
    ASSERT_TRUE(window_.becomes(
        [&] { return window_.runs.racing() && window_.runs.run(1).columns.now() != nullptr; }));
    seen().hidden_labels = 1;
    for (int i = 0; i < 4; ++i) window_.frame();
    EXPECT_EQ(window_.runs.run(1).view_state.hidden_labels, 1u);
    EXPECT_EQ(window_.runs.run(1).view_state.hidden_of, "mood");
    EXPECT_EQ(seen().hidden_labels, 1u);
}

class MoodExport : public Exporter {
  protected:
    MoodExport() {
        auto columns = std::make_shared<io::ImageColumns>();
        columns->classes.push_back(
            {"mood", {"a", "b", "much longer than a label"}, std::vector<std::uint8_t>(12, 2)});
        source_.columns = columns;
        source_.view_state.rect.half_height = 40.0;
    }
    bool has_colour(const Export& which, std::size_t label) {
        const ImU32 colour = source_.theme.labels[label];
        const auto part = [colour](int shift) { return static_cast<int>(colour >> shift & 0xFFU); };
        return read_png(write(which))
            .colours()
            .contains(part(IM_COL32_R_SHIFT) << 16 | part(IM_COL32_G_SHIFT) << 8 |
                      part(IM_COL32_B_SHIFT));
    }
};

TEST_F(MoodExport, ThePictureHasItsPointsColoursAndLegend) {
    const auto has = [&](std::size_t label) { return has_colour(map_export(), label); };
    const int width = read_png(write(map_export())).width;
    EXPECT_FALSE(has(2)) << "there are two labels";
    source_.settings.point_colour = "column:mood";
    EXPECT_TRUE(has(2));
    EXPECT_GT(read_png(write(map_export())).width, width) << "its words are longer";
}

TEST_F(MoodExport, TheBandOfTheStripIsOfTheWords) {
    EXPECT_FALSE(has_colour(path_export(), 2)) << "there are two labels";
    source_.settings.point_colour = "column:mood";
    EXPECT_TRUE(has_colour(path_export(), 2));
    source_.settings.point_colour = "label";
    source_.settings.backdrop = Backdrop::kClasses;
    const auto of_labels = write(map_export());
    source_.settings.point_colour = "column:mood";
    source_.settings.points_shown = false;
    EXPECT_NE(write(map_export()), of_labels);
}

}  // namespace
}  // namespace elbow::gui
