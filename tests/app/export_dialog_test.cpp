// The export window and Ctrl+C, in whole frames with a run that learns.

#include "app/gui/export_dialog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/export_source.h"
#include "app/gui/exports/cursor.h"
#include "app/gui/exports/curves_picture.h"
#include "app/gui/exports/map.h"
#include "app/gui/exports/path.h"
#include "app/gui/exports/prior_samples.h"
#include "app/gui/exports/reconstructions.h"
#include "engine/core/text.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

using ::testing::HasSubstr;

class ExportWindowTest : public testing::Test {
  protected:
    ExportWindowTest() {
        window.begin(test::tiny_config(), test::tiny_dataset());
        EXPECT_TRUE(window.shows_everything());
    }
    LayoutLog::Rect box(const std::string& name) {
        const auto found = window.shown.find(name);
        EXPECT_TRUE(found != window.shown.end()) << name;
        return found == window.shown.end() ? LayoutLog::Rect{} : found->second;
    }
    // What Ctrl+C would copy, with the mouse in the middle of what is marked.
    std::optional<PictureWish> under(const std::string& name) {
        const LayoutLog::Rect there = box(name);
        window.move(there.x + 0.5f * there.width, there.y + 0.5f * there.height);
        window.settle();
        return window.notes.under_mouse;
    }

    // The number that it would copy there; empty: none.
    std::string number_under(const std::string& name) {
        under(name);
        const auto& number = window.notes.number_under_mouse;
        return number ? number->name + " " + number->value : "";
    }

    WholeWindow window{1600, 1000, 1.0f};
};

TEST_F(ExportWindowTest, CopiesTheNumberUnderTheMouseWithEveryDigit) {
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    window.settle();
    const double bound = window.runs.in_hand().curves.evaluations.records().back().score();
    EXPECT_EQ(number_under("controls.held_out_bound"), "Held-out bound " + exact_text(bound));
    EXPECT_NE(exact_text(bound), decimal_text(bound, 2)) << "more than is shown";
    EXPECT_EQ(number_under("controls.samples"),
              "Images seen " + std::to_string(window.runs.in_hand().state->snapshot->samples));
    EXPECT_EQ(number_under("inspector.image"), "") << "a picture";
    EXPECT_FALSE(under("controls.held_out_bound")) << "no picture";
}

TEST_F(ExportWindowTest, TheButtonStaysWhereItIs) {
    window.export_open = true;
    window.settle();
    const LayoutLog::Rect before = box("export.go");
    const auto stays = [&](const std::string& when) {
        window.settle();
        const LayoutLog::Rect now = box("export.go");
        EXPECT_EQ(now.x, before.x) << when;
        EXPECT_EQ(now.y, before.y) << when;
    };
    for (const Export* each : all_exports()) {
        ASSERT_TRUE(window.click("export." + std::string(each->id))) << each->id;
        stays(each->title);
    }
    ASSERT_TRUE(window.click("export.manifold"));
    window.settings.export_grid = 100;
    window.settings.export_pixel_scale = 64;  // far too large: the message takes several lines
    stays("a picture that is too large");
    ASSERT_TRUE(window.click("export.map"));
    window.settings.export_map_scale = 8;
    stays("a large map");
}

TEST_F(ExportWindowTest, WritesAnAnimationOfTheTraining) {
    const testing_support::TemporaryFolder folder;
    window.settings.export_folder = folder.path().string();
    window.settings.export_frames = 3;
    window.settings.export_pixel_scale = 1;
    window.export_open = true;
    ASSERT_TRUE(window.click("export.training"));
    ASSERT_TRUE(window.click("export.format"));
    ASSERT_TRUE(window.click("export.format.webp"));
    EXPECT_EQ(window.settings.export_format, "webp");
    ASSERT_TRUE(window.click("export.go"));
    ASSERT_TRUE(window.becomes([&] { return !window.export_dialog.busy(); }));
    const auto entry = std::filesystem::directory_iterator(folder.path());
    ASSERT_TRUE(entry != std::filesystem::directory_iterator());
    EXPECT_THAT(entry->path().filename().string(), HasSubstr("-training-prior-samples-after-"));
    EXPECT_EQ(entry->path().extension(), ".webp");
    EXPECT_GT(entry->file_size(), 0U) << window.toasts.newest();
}

TEST_F(ExportWindowTest, ShowsHowFarAnAnimationIsAndStopsIt) {
    const testing_support::TemporaryFolder folder;
    window.settings.export_folder = folder.path().string();
    // Far more than ten seconds of work: it still goes on when a slow window comes to the click.
    window.settings.export_frames = 10'000;
    window.settings.export_pixel_scale = 64;
    window.export_open = true;
    ASSERT_TRUE(window.click("export.path_animation"));
    const LayoutLog::Rect go = box("export.go");
    ASSERT_TRUE(window.click("export.go"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.contains("export.progress"); }));
    EXPECT_EQ(box("export.go").y, go.y);
    EXPECT_FALSE(std::filesystem::is_empty(folder.path()));
    ASSERT_TRUE(window.click("export.cancel"));
    ASSERT_TRUE(window.becomes([&] { return !window.export_dialog.busy(); }));
    EXPECT_THAT(window.toasts.newest(), HasSubstr("was stopped"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(ExportWindowTest, KnowsThePictureUnderTheMouse) {
    const auto kind_under = [&](const std::string& name) {
        const auto wish = under(name);
        return wish ? wish->what : nullptr;
    };
    EXPECT_EQ(kind_under("map.canvas"), &map_export());
    EXPECT_EQ(kind_under("curves.plot"), &curves_picture_export());
    EXPECT_EQ(kind_under("inspector.image"), &cursor_export());
    EXPECT_EQ(under("inspector.image")->z, window.runs.in_hand().view_state.cursor);
    EXPECT_EQ(kind_under("strip.frames"), &path_export());
    const auto sample = under("prior.sheet");
    ASSERT_TRUE(sample);
    if (sample->what == &cursor_export()) {
        EXPECT_EQ(sample->z.size(), window.runs.in_hand().view_state.cursor.size());
    } else {
        EXPECT_EQ(sample->what, &prior_samples_export());  // between two of them
    }
    const auto pair = under("reconstructions.sheet");
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->what, &reconstructions_export());
    EXPECT_FALSE(pair->images.empty());
    window.move(-1, -1);
    EXPECT_FALSE(window.notes.under_mouse);
    ASSERT_TRUE(window.click("curves.tab.kl_per_latent"));
    EXPECT_EQ(kind_under("curves.bars"), &curves_picture_export());
}

TEST_F(ExportWindowTest, NothingIsUnderTheMouseWhereAWindowLiesOverIt) {
    window.export_open = true;
    window.settle();
    EXPECT_FALSE(under("export.folder"));
}

TEST_F(ExportWindowTest, TheMapIsAskedForAsItIsSeen) {
    EXPECT_GT(window.notes.map_size.x, 100.0f);
    const LayoutLog::Rect canvas = box("map.canvas");
    EXPECT_NEAR(window.notes.map_size.x, canvas.width, 1.0);
    EXPECT_NEAR(window.notes.map_size.y, canvas.height, 1.0);
}

TEST(CurvesTitle, NamesTheEstimatorAndTheStepSize) {
    auto state = std::make_shared<live::TrainerState>();
    state->config.estimator = "wake_sleep";
    state->config.step_size = 0.02;
    state->config.optimizer = "adagrad";
    state->dataset = test::tiny_dataset();
    EXPECT_THAT(curves_title(state->config, *state->dataset), HasSubstr("Wake-sleep"));
    EXPECT_THAT(curves_title(state->config, *state->dataset), HasSubstr("step size 0.02"));
    EXPECT_THAT(curves_title(state->config, *state->dataset), HasSubstr(" 2 latents,"));
    state->config.latents = 1;
    EXPECT_THAT(curves_title(state->config, *state->dataset), HasSubstr(" 1 latent,"));
}

}  // namespace
}  // namespace elbow::gui
