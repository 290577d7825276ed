// Images of a person's own in the window: whom a drop is for, the card, and the run on them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/gui/own_images/drops.h"
#include "app/gui/own_images/file_browser.h"
#include "app/gui/own_images/images_card.h"
#include "app/gui/own_images/images_window.h"
#include "engine/data/imported.h"
#include "tests/app/own_pictures.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::TemporaryFolder;

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

TEST(SortedDrop, GoesByWhatThingsAre) {
    const TemporaryFolder folder;
    const fs::path pictures = folder / "pictures";
    fs::create_directories(pictures);
    testing_support::write_bytes(folder / "one.png", testing_support::grey_png(4, 4, 9));
    write(folder / "table.csv", "image,age\n0,3\n1,4\n");
    std::string pixels = "label";
    for (int i = 0; i < 784; ++i) pixels += ",pixel" + std::to_string(i);
    pixels += "\n7";
    for (int i = 0; i < 784; ++i) pixels += ",0";
    write(folder / "pixels.csv", pixels + "\n");
    const SortedDrop sorted =
        sorted_drop({pictures, folder / "one.png", folder / "table.csv", folder / "pixels.csv"});
    EXPECT_THAT(sorted.pictures, ElementsAre(folder / "one.png"));
    EXPECT_THAT(sorted.tables, ElementsAre(folder / "table.csv"));
    EXPECT_THAT(sorted.images, ElementsAre(pictures, folder / "pixels.csv"));
    EXPECT_TRUE(sorted.runs.empty());
}

TEST(BrowseCommand, IsOfTheProgramThatIsThere) {
    const auto only = [](const std::string& there) {
        return [there](const std::string& program) { return program == there; };
    };
    EXPECT_THAT(browse_command("A file", "/a", only("zenity")),
                ElementsAre("zenity", "--file-selection", "--title=A file", "--filename=/a/"));
    EXPECT_THAT(browse_command("A file", "/a", only("kdialog")),
                ElementsAre("kdialog", "--getopenfilename", "/a", "--title", "A file"));
    EXPECT_TRUE(browse_command("A file", "/a", only("none")).empty());
}

TEST(OfferedSizes, HoldTheOneThatMostPicturesHave) {
    data::Finding finding;
    EXPECT_EQ(offered_sizes(finding).size(), 4U);
    finding.sizes = {{178, 218, 90}, {32, 32, 10}};
    EXPECT_EQ(offered_sizes(finding).back().label, "178 x 218, as most are");
    finding.sizes = {{64, 64, 100}};
    EXPECT_EQ(offered_sizes(finding)[2].label, "64 x 64, as they are");
    finding.sizes = {{40'000, 40'000, 1}};
    EXPECT_EQ(offered_sizes(finding).size(), 4U) << "too large to be learnt";
}

class OwnImages : public testing::Test {
  protected:
    void SetUp() override {
        window_.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window_.shows_everything());
    }
    bool shows(const std::string& name) const { return window_.shown.count(name) > 0; }
    std::string value(const std::string& name) const { return window_.shown.at(name).value; }

    TemporaryFolder folder_;
    WholeWindow window_{1600, 1000, 1.0f};
};

TEST_F(OwnImages, AFolderBecomesADataSetWithOneClick) {
    testing_support::write_two_classes(folder_ / "tones");
    window_.images.open(folder_ / "tones");
    ASSERT_TRUE(window_.becomes([&] { return shows("images.go") && !shows("images.looking"); }));
    EXPECT_THAT(value("images.found"), HasSubstr("40 images in 2 folders"));
    EXPECT_THAT(value("images.found"), HasSubstr("left out: 1"));
    EXPECT_NE(value("images.previews"), "0");
    EXPECT_EQ(value("images.colours"), "grey");
    ASSERT_TRUE(window_.click("images.go"));
    ASSERT_TRUE(window_.becomes([&] { return !window_.started_on.empty(); }));
    const RunConfig& config = window_.started_on.front();
    EXPECT_EQ(config.dataset, "tones");
    EXPECT_EQ(config.train_images, 0);
    EXPECT_FALSE(window_.images.is_open());
    const auto set = data::imported_set("tones");
    ASSERT_TRUE(set.has_value());
    EXPECT_EQ(set->train + set->held_out, 40);
    EXPECT_THAT(set->class_names, ElementsAre("dark", "light"));
    EXPECT_EQ(NullGl::refused(), "");
    data::forget_imported("tones");
}

TEST_F(OwnImages, WhatThePersonChoosesIsWhatIsMade) {
    testing_support::write_two_classes(folder_ / "chosen");
    window_.images.open(folder_ / "chosen");
    ASSERT_TRUE(window_.becomes([&] { return shows("images.go") && !shows("images.looking"); }));
    ASSERT_TRUE(window_.click("images.colours.colour"));
    ASSERT_TRUE(window_.click("images.labels.none"));
    ASSERT_TRUE(window_.click("images.go"));
    ASSERT_TRUE(window_.becomes([&] { return !window_.started_on.empty(); }));
    const auto set = data::imported_set("chosen");
    ASSERT_TRUE(set.has_value());
    EXPECT_EQ(set->shape.channels, 3);
    EXPECT_TRUE(set->class_names.empty());
    data::forget_imported("chosen");
}

TEST_F(OwnImages, WhatCannotBeReadIsToldAndTheRunGoesOn) {
    window_.images.open(folder_ / "nothing");
    ASSERT_TRUE(window_.becomes([&] { return shows("images.problem"); }));
    EXPECT_THAT(value("images.problem"), HasSubstr("nothing"));
    EXPECT_FALSE(shows("images.go"));
    fs::create_directories(folder_ / "empty");
    window_.images.open(folder_ / "empty");
    ASSERT_TRUE(
        window_.becomes([&] { return shows("images.problem") && !shows("images.looking"); }));
    EXPECT_TRUE(window_.started_on.empty());
    EXPECT_TRUE(window_.images.close());
    EXPECT_FALSE(window_.images.close());
}

TEST_F(OwnImages, RowsOfNumbersAreReadOnceTheirSizeIsTyped) {
    std::string rows;
    for (int i = 0; i < 30; ++i) {
        for (int j = 0; j < 20 * 28; ++j)
            rows += (j == 0 ? "" : ",") + std::to_string((i + j) % 256);
        rows += "\n";
    }
    write(folder_ / "rows.csv", rows);
    window_.images.open(folder_ / "rows.csv");
    ASSERT_TRUE(window_.becomes([&] { return shows("images.row-size"); }));
    EXPECT_THAT(value("images.problem"), testing::Not(HasSubstr("--size")));
    ASSERT_TRUE(window_.click("images.row-size"));
    ImGui::GetIO().AddInputCharactersUTF8("20x28");
    window_.settle();
    ASSERT_TRUE(window_.click("images.path"));  // the focus goes elsewhere
    ASSERT_TRUE(window_.becomes([&] { return shows("images.go") && !shows("images.looking"); }));
    EXPECT_THAT(value("images.found"), HasSubstr("30 images"));
    EXPECT_THAT(value("images.found"), HasSubstr("20 x 28"));
}

TEST_F(OwnImages, ANameThatAnotherSetHasIsNotProposed) {
    testing_support::write_two_classes(folder_ / "mnist");
    window_.images.open(folder_ / "mnist");
    ASSERT_TRUE(window_.becomes([&] { return shows("images.go") && !shows("images.looking"); }));
    EXPECT_NE(value("images.name"), "mnist");
    EXPECT_NE(value("images.go"), "disabled") << "the proposed one is free";
}

}  // namespace
}  // namespace elbow::gui
