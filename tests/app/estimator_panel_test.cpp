// The estimators at the selected image.

#include "app/gui/panels/estimator_panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gui/exports/map.h"
#include "app/gui/panels/log_p_words.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/live/questions/estimates.h"
#include "tests/app/exporting.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

TEST(EstimatorPanel, ShowsTheDrawsTheirNoiseAndWhatTheyEstimate) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    const auto shows = [&](const char* name) { return window.shown.count(name) > 0; };
    const auto value = [&](const char* name) { return window.shown[name].value; };
    const auto view = [&] { return window.runs.in_hand().link.views().get<live::EstimatesView>(); };
    ASSERT_TRUE(window.click("estimator.title"));
    EXPECT_FALSE(shows("estimator.bound")) << "no image is selected";
    window.runs.in_hand().view_state.point = 4;
    ASSERT_TRUE(window.becomes([&] { return shows("estimator.bound") && shows("map.estimates"); }));
    EXPECT_EQ(value("estimator.draws"), "1") << "as the run trains";
    EXPECT_EQ(value("map.estimates"), "1");
    EXPECT_THAT(value("estimator.ratio"), testing::HasSubstr("times"));
    EXPECT_TRUE(window.becomes(
        [&] { return value("estimator.log_p") == log_p_words(view()->estimates.by_draws); }));

    // The mean is dragged: the noise stays, the draws go along.
    const explore::Estimates before = view()->estimates;
    const LayoutLog::Rect box = window.shown["estimator.mean1"];
    const ImVec2 to{box.x + 0.5f * box.width + 200.0f, box.y + 0.5f * box.height};
    ASSERT_TRUE(window.carry("estimator.mean1", to));
    window.let_go(to);
    ASSERT_TRUE(window.becomes([&] { return view()->estimates.mean != before.mean; }));
    EXPECT_EQ(view()->estimates.epsilon, before.epsilon);
    EXPECT_NE(view()->estimates.z, before.z);
    ASSERT_TRUE(window.click("estimator.encoder"));
    ASSERT_TRUE(window.becomes([&] { return view()->estimates.mean == before.mean; }));
    ASSERT_TRUE(window.click("estimator.noise"));
    ASSERT_TRUE(window.becomes([&] { return view()->estimates.epsilon != before.epsilon; }));
    ASSERT_TRUE(window.click("interpolation.title"));
    window.frame();
    window.frame();
    EXPECT_FALSE(shows("map.estimates"));
    EXPECT_EQ(window.runs.in_hand().visible.of_panels.find<live::EstimatesQuery>(), nullptr);
    EXPECT_EQ(NullGl::refused(), "");
}

TEST(LogPWords, HaveAStandardErrorOnlyWhereTheDrawsCarryIt) {
    explore::WeightedDraws draws;
    draws.log_p = -131.19;
    draws.log_p_error = 0.03;
    draws.effective_draws = 400.0;
    EXPECT_EQ(log_p_words(draws), "-131.19 \u00B1 0.03");
    draws.effective_draws = 2.0;
    EXPECT_EQ(log_p_words(draws), "at least -131.19");
}

class EstimatesExport : public Exporter {};

TEST_F(EstimatesExport, TheMapsPictureHasTheDrawsThatTheWindowShows) {
    source_.view_state.point = 4;
    source_.view_state.rect.half_height = 40.0;
    source_.view_state.path_shown = false;
    const std::array<std::uint8_t, 3> accent = ink(source_.theme.accent).rgb;
    const auto pixels = [&] {
        const Png png = read_png(write(map_export()));
        int count = 0;
        for (int y = 0; y < png.height; ++y)
            for (int x = 0; x < png.width; ++x) count += png.rgb(x, y) == accent ? 1 : 0;
        return count;
    };
    const int none = pixels();
    live::EstimatesQuery asked;
    asked.image = 4;
    asked.shown = 1;
    source_.estimates = asked;
    const int one = pixels();
    EXPECT_GT(one, none + 20) << "a disc";
    asked.shown = 20;
    source_.estimates = asked;
    EXPECT_GT(pixels(), one);
    source_.view_state.point = 5;  // the panel's answer is of another image
    EXPECT_EQ(pixels(), none);
}

}  // namespace
}  // namespace elbow::gui
