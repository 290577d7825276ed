// The run beside other weights: a moment of it that was held, or a saved run.

#include "app/gui/panels/compare_panel.h"

#include <gtest/gtest.h>

#include "app/gui/panels/compare_choice.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

train::EvaluationRecord evaluation(std::int64_t samples, double bound) {
    return {samples, 1.0, 0.1, 0.0, bound, bound, 0.0, 0.0, {}};
}

TEST(DifferenceOfCurves, IsTakenWhereBothAreAndBetweenTheOthersEvaluations) {
    const std::vector<train::EvaluationRecord> mine{evaluation(0, -500.0), evaluation(100, -200.0),
                                                    evaluation(200, -150.0),
                                                    evaluation(300, -120.0)};
    const std::vector<train::EvaluationRecord> other{evaluation(100, -210.0),
                                                     evaluation(250, -180.0)};
    const PlotSeries line = difference_of(mine, other, 0);
    EXPECT_EQ(line.x, (std::vector<double>{100, 200}));
    EXPECT_EQ(line.y, (std::vector<double>{10.0, 40.0}));
    EXPECT_TRUE(difference_of(mine, {}, 0).x.empty());
}

TEST(DistanceBetweenImages, IsOfPixelsFrom0To1) {
    const std::vector<std::uint8_t> a{0, 0, 255}, b{255, 0, 0};
    EXPECT_DOUBLE_EQ(distance_between(a, b), std::sqrt(2.0));
    EXPECT_EQ(distance_between(a, a), 0.0);
}

TEST(ComparePanel, HoldsAMomentAndShowsWhatTheTrainingHasChangedSince) {
    WholeWindow window{1600, 1000, 1.0f};
    window.begin(test::tiny_config(), test::tiny_dataset());
    ASSERT_TRUE(window.shows_everything());
    ASSERT_TRUE(window.click("compare.title"));
    EXPECT_EQ(window.shown.count("compare.swipe"), 0u) << "there is nothing to compare with";
    EXPECT_EQ(window.runs.in_hand().visible.compared, nullptr);
    window.runs.send(live::Pause{});
    ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    ASSERT_TRUE(window.click("compare.hold"));
    const auto value = [&](const char* name) { return window.shown[name].value; };
    ASSERT_TRUE(window.becomes([&] { return value("compare.distance") == "0.00"; }))
        << "nothing has been learnt since";
    window.runs.send(live::Play{});
    ASSERT_TRUE(window.becomes([&] {
        const std::string distance = value("compare.distance");
        return !distance.empty() && distance != "-" && distance != "0.00";
    }));
    ASSERT_TRUE(window.becomes([&] { return value("compare.map") != "0"; }));
    // The dot is one.
    const std::vector<float> before = window.runs.in_hand().view_state.cursor;
    ASSERT_TRUE(window.click("compare.map"));
    EXPECT_NE(window.runs.in_hand().view_state.cursor, before);
    window.runs.in_hand().view_state.point = 3;
    ASSERT_TRUE(window.click("compare.of_image"));
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("compare.bound") > 0; }));
    ASSERT_TRUE(window.click("curves.title"));
    window.frame();
    window.frame();
    EXPECT_EQ(window.runs.in_hand().visible.compared, nullptr) << "nobody looks";
}

}  // namespace
}  // namespace elbow::gui
