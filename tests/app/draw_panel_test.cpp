// The canvas: its brush, and that what is drawn is encoded.

#include "app/gui/panels/draw_panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <numbers>
#include <numeric>

#include "app/gui/panels/brush.h"
#include "app/gui/panels/filling_in.h"
#include "engine/io/image_sheet.h"
#include "engine/live/questions/compression.h"
#include "engine/live/questions/drawing.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using testing::Each;

TEST(Brush, DrawsAlongALineWithSoftEdges) {
    const data::ImageShape shape{1, 5, 9};
    std::vector<std::uint8_t> image(45, 0);
    stroke(image, shape, {1.5f, 2.5f}, {7.5f, 2.5f}, {1.0f, {200, 0, 0}});
    for (std::size_t x = 1; x <= 7; ++x) EXPECT_EQ(image[2 * 9 + x], 200) << x;
    EXPECT_EQ(image[2 * 9 + 0], 100) << "half of it is under the brush";
    EXPECT_EQ(image[1 * 9 + 4], 100);
    EXPECT_EQ(image[0 * 9 + 4], 0);
    EXPECT_EQ(image[4 * 9 + 4], 0);
    stroke(image, shape, {4.5f, 2.5f}, {4.5f, 2.5f}, {9.0f, {0, 0, 0}});
    EXPECT_THAT(image, Each(0)) << "black erases";
    stroke(image, shape, {-30.0f, 50.0f}, {-20.0f, 60.0f}, {1.0f, {255, 0, 0}});
    EXPECT_THAT(image, Each(0)) << "beside the canvas";
}

TEST(Brush, HasAColourOnAColourImage) {
    const data::ImageShape shape{3, 3, 3};
    std::vector<std::uint8_t> image(27, 0);
    stroke(image, shape, {1.5f, 1.5f}, {1.5f, 1.5f}, {0.4f, {10, 20, 30}});
    EXPECT_EQ(image[4], 9);
    EXPECT_EQ(image[9 + 4], 18);
    EXPECT_EQ(image[18 + 4], 27);
}

TEST(Brush, MarksPixelsThatItCoversByHalf) {
    const data::ImageShape shape{3, 5, 9};
    std::vector<std::uint8_t> mask(45, 0);
    mark(mask, shape, {1.5f, 2.5f}, {7.5f, 2.5f}, 1.0f, true);
    EXPECT_EQ(std::accumulate(mask.begin(), mask.end(), 0), 7 * 3 + 2);
    EXPECT_EQ(mask[2 * 9 + 4], 1);
    EXPECT_EQ(mask[0 * 9 + 4], 0);
    mark(mask, shape, {4.5f, 2.5f}, {4.5f, 2.5f}, 9.0f, false);
    EXPECT_THAT(mask, Each(0));
}

TEST(Noise, HasItsDeviationAndStaysWithinTheGreyValues) {
    std::vector<std::uint8_t> image(4000, 128);
    add_noise(image, 0.1f, Stream(1, "test"));
    double squares = 0.0;
    for (const std::uint8_t value : image) squares += (value - 128.0) * (value - 128.0);
    EXPECT_NEAR(std::sqrt(squares / 4000.0), 25.5, 1.0);
    add_noise(image, 10.0f, Stream(2, "test"));
    EXPECT_EQ(*std::max_element(image.begin(), image.end()), 255);
    EXPECT_EQ(*std::min_element(image.begin(), image.end()), 0);
}

TEST(DrawPanel, WhatIsDrawnIsEncodedAndLeadsTheDot) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    const auto shows = [&](const char* name) { return window.shown.count(name) > 0; };
    ASSERT_TRUE(window.click("draw.title"));
    ASSERT_TRUE(window.becomes([&] { return shows("draw.canvas"); }));
    EXPECT_EQ(window.shown["draw.canvas"].value, "empty");
    EXPECT_FALSE(shows("map.drawing"));
    ViewState& state = window.runs.in_hand().view_state;
    const std::vector<float> before = state.cursor;
    ASSERT_TRUE(window.click("draw.canvas"));
    EXPECT_GT(std::accumulate(state.drawing.begin(), state.drawing.end(), 0), 255);
    ASSERT_TRUE(window.becomes([&] { return shows("draw.bound") && shows("map.drawing"); }));
    window.frame();
    EXPECT_NE(state.cursor, before) << "the dot goes along";
    const std::vector<std::uint8_t> drawn = state.drawing;
    ASSERT_TRUE(window.click("draw.noise"));
    EXPECT_NE(state.drawing, drawn);
    ASSERT_TRUE(window.click("draw.pass"));
    EXPECT_NE(state.drawing, drawn);
    ASSERT_TRUE(window.click("draw.clear"));
    EXPECT_TRUE(state.drawing.empty());
    window.frame();
    EXPECT_FALSE(shows("map.drawing"));
    EXPECT_EQ(NullGl::refused(), "");
}

// A window with the canvas in front, and pictures in a folder.
class DroppedPictures : public testing::Test {
  protected:
    void SetUp() override {
        window_.begin(test::tiny_config(), test::tiny_dataset());
        ASSERT_TRUE(window_.shows_everything());
    }
    std::filesystem::path white_picture() {
        std::filesystem::path file = folder_ / "white.png";
        io::write_png(file, {24, 12, 1, std::vector<std::uint8_t>(24 * 12, 255)});
        return file;
    }
    void drop(const std::filesystem::path& file) { window_.dropped_pictures = {file}; }
    ViewState& state() { return window_.runs.in_hand().view_state; }
    bool shows(const char* name) const { return window_.shown.count(name) > 0; }

    testing_support::TemporaryFolder folder_;
    WholeWindow window_{1600, 1000, 1.0f};
};

TEST_F(DroppedPictures, ComeOnTheCanvasAndToTheFront) {
    EXPECT_FALSE(shows("draw.canvas"));
    drop(white_picture());
    ASSERT_TRUE(window_.becomes([&] { return !state().drawing.empty() && shows("draw.canvas"); }));
    // 12 x 10 pixels: the picture is twice as wide as high, with the ground above and below.
    ASSERT_EQ(state().drawing.size(), 120u);
    const std::uint8_t ground = state().drawing[0];
    EXPECT_LT(ground, 128);
    EXPECT_EQ(state().drawing[6 * 10 + 5], 255);
    EXPECT_EQ(state().drawing[11 * 10 + 5], ground);
    ASSERT_TRUE(window_.click("draw.invert"));
    EXPECT_EQ(state().drawing[6 * 10 + 5], 0);
    EXPECT_EQ(state().drawing[11 * 10 + 5], ground) << "the ground is the data's all the same";
    ASSERT_TRUE(window_.click("draw.invert"));
    EXPECT_EQ(state().drawing[6 * 10 + 5], 255);
    ASSERT_TRUE(window_.click("draw.noise"));
    const std::vector<std::uint8_t> drawn = state().drawing;
    ASSERT_TRUE(window_.click("draw.invert"));
    for (std::size_t i = 0; i < drawn.size(); ++i) EXPECT_EQ(state().drawing[i], 255 - drawn[i]);
    EXPECT_EQ(NullGl::refused(), "");
}

// The image under the dot, from the menu that a click on it opens.
TEST_F(DroppedPictures, AreNotNeededWhereTheDecodedImageWillDo) {
    ASSERT_FALSE(shows("draw.canvas"));
    for (const char* part : {"inspector.image", "menu.draw_on"}) {
        ASSERT_TRUE(window_.click(part)) << part;
    }
    EXPECT_TRUE(shows("draw.canvas"));
    const auto dot = window_.runs.in_hand().link.views().get<live::CursorView>();
    EXPECT_EQ(state().drawing.size(), dot->image.size());
    EXPECT_FALSE(shows("menu.draw_on")) << "the menu has gone";
}

TEST_F(DroppedPictures, ThatCannotBeReadLeaveTheDrawingAlone) {
    state().drawing.assign(120, 7);
    const std::filesystem::path file = folder_ / "text.png";
    std::ofstream(file) << "no picture";
    drop(file);
    ASSERT_TRUE(window_.becomes([&] { return !window_.toasts.empty(); }));
    EXPECT_THAT(window_.toasts.newest(), testing::HasSubstr("text.png"));
    EXPECT_THAT(window_.toasts.newest(), testing::HasSubstr("none that Elbow can read"));
    EXPECT_THAT(state().drawing, Each(7));
}

class FilledDrawings : public DroppedPictures {
  protected:
    void SetUp() override {
        DroppedPictures::SetUp();
        ASSERT_TRUE(window_.click("draw.title"));
        ASSERT_TRUE(window_.click("draw.lead"));  // the dot stays, whenever an answer comes
        state().drawing.assign(120, 100);
        window_.frame();
    }
};

TEST_F(FilledDrawings, WhatIsMarkedIsFilledInAndTheRestStays) {
    EXPECT_FALSE(shows("draw.fill.pass")) << "everything is known";
    ASSERT_TRUE(window_.click("draw.mask"));
    ASSERT_TRUE(window_.click("draw.canvas"));
    EXPECT_THAT(state().drawing, Each(100)) << "the brush marks and does not paint";
    ASSERT_EQ(state().unknown.size(), 120u);
    const int marked = std::accumulate(state().unknown.begin(), state().unknown.end(), 0);
    EXPECT_GT(marked, 0);
    ASSERT_TRUE(window_.click("draw.fill.pass"));
    ASSERT_TRUE(
        window_.becomes([&] { return state().drawing != std::vector<std::uint8_t>(120, 100); }));
    for (std::size_t i = 0; i < 120; ++i) {
        if (state().unknown[i] == 0) {
            EXPECT_EQ(state().drawing[i], 100);
        }
    }
    EXPECT_FALSE(shows("draw.fill.stop"));
    ASSERT_TRUE(window_.click("draw.all_known"));
    EXPECT_TRUE(state().unknown.empty());
    EXPECT_EQ(NullGl::refused(), "");
}

TEST_F(FilledDrawings, ChainsGoOnUntilTheyAreStoppedAndOneStepTakesThemBack) {
    state().unknown.assign(120, 0);
    std::fill_n(state().unknown.begin(), 60, std::uint8_t{1});
    window_.settle();
    for (int i = 0; i < 8; ++i) window_.frame();  // until the step is one to go back to
    const std::vector<std::uint8_t> before = state().drawing;
    ASSERT_TRUE(window_.click("draw.fill.chains"));
    ASSERT_TRUE(window_.becomes([&] {
        return shows("draw.fill") &&
               window_.shown["draw.fill"].value.find("draws") != std::string::npos;
    }));
    EXPECT_THAT(window_.shown["draw.fill"].value, testing::HasSubstr("% accepted"));
    EXPECT_EQ(state().drawing, before) << "not before it is stopped";
    ASSERT_TRUE(window_.click("draw.fill.stop"));
    EXPECT_NE(state().drawing, before);
    EXPECT_EQ(state().drawing.back(), 100);
    for (int i = 0; i < 8; ++i) window_.frame();
    ASSERT_TRUE(window_.runs.in_hand().undo.undo(state(), window_.settings));
    EXPECT_EQ(state().drawing, before);
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(DrawPanel, AStrokeAndTheDotThatItLeadsAreOneStepOfUndo) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    ASSERT_TRUE(window.click("draw.title"));
    LiveRun& run = window.runs.in_hand();
    ViewState& state = run.view_state;
    const auto rest = [&] {
        for (int i = 0; i < 8; ++i) window.frame();
    };
    state.drawing.assign(120, 100);
    ASSERT_TRUE(window.becomes([&] { return state.led_by == state.drawing; }));
    rest();
    state.put_dot({2.0f, -2.0f});
    rest();
    const std::vector<std::uint8_t> drawn = state.drawing;
    ASSERT_TRUE(window.click("draw.canvas"));
    ASSERT_TRUE(window.becomes([&] { return state.led_by == state.drawing; }));
    rest();
    EXPECT_NE(state.cursor.front(), 2.0f) << "it led the dot";
    const std::vector<float> led = state.cursor;
    ASSERT_TRUE(run.undo.undo(state, window.settings));
    for (int i = 0; i < 3; ++i) rest();  // the drawing that is back is encoded again
    EXPECT_EQ(state.drawing, drawn);
    EXPECT_EQ(state.cursor, (std::vector<float>{2.0f, -2.0f})) << "and leads nobody";
    ASSERT_TRUE(run.undo.redo(state, window.settings)) << "nothing was done meanwhile";
    rest();
    EXPECT_EQ(state.cursor, led);
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(DrawPanel, SaysWhatTheDrawingCostsBesideTheSelectedImage) {
    WholeWindow window{1600, 1150, 1.0f};
    RunConfig config = test::tiny_config();
    config.latents = 3;
    window.begin(config, test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    LiveRun& run = window.runs.in_hand();
    const auto shows = [&](const char* name) { return window.shown.count(name) > 0; };
    const auto asks = [&] { return run.visible.of_panels.find<live::DrawingCompressionQuery>(); };
    ASSERT_TRUE(window.click("draw.title"));
    EXPECT_FALSE(shows("draw.compress")) << "there is no drawing";
    run.view_state.drawing.assign(120, 100);
    ASSERT_TRUE(window.becomes([&] { return shows("draw.compress"); }));
    EXPECT_EQ(asks(), nullptr) << "it is off";
    ASSERT_TRUE(window.click("draw.compress"));
    ASSERT_TRUE(window.becomes(
        [&] { return shows("draw.kept_bits") && window.shown["draw.kept_bits"].value != "..."; }));
    const auto view = run.link.views().get<live::DrawingView>();
    const double bits = -view->detail.bound_nats() / (std::numbers::ln2 * 120.0);
    EXPECT_NEAR(std::stod(window.shown["draw.bits"].value), bits, 6e-4);
    EXPECT_NEAR(std::stod(window.shown["draw.kept_bits"].value), bits, 6e-4);
    EXPECT_EQ(window.shown["draw.kept"].value, "3");
    EXPECT_GT(std::stod(window.shown["draw.png"].value), 0.0);
    ASSERT_TRUE(window.click("inspector.title"));
    window.frame();
    window.frame();
    EXPECT_EQ(asks(), nullptr) << "nobody looks";
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
