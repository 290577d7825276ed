#include "app/gui/frame_log.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

TEST(DragMeter, MeasuresFromTheMoveToTheFrameThatShowsItsImage) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.shown(0, 100);  // no image yet
    EXPECT_EQ(meter.swapped(10.010), std::nullopt);
    meter.shown(1, 100);
    ASSERT_TRUE(meter.swapped(10.025).has_value());
    meter.shown(1, 100);
    EXPECT_EQ(meter.swapped(10.040), std::nullopt) << "it is shown for the first time once";
}

TEST(DragMeter, CountsFromTheOldestMoveThatIsNotAnsweredYet) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.shown(0, 100);
    EXPECT_EQ(meter.swapped(10.010), std::nullopt);
    meter.asked(2, 10.016);
    meter.shown(2, 100);  // the first was overtaken
    const auto measured_ms = meter.swapped(10.030);
    ASSERT_TRUE(measured_ms.has_value());
    EXPECT_NEAR(*measured_ms, 30.0, 1e-6);
}

TEST(DragMeter, MeasuresFromTheOldestMoveToTheFrameThatAnswersIt) {
    DragMeter meter;
    EXPECT_FALSE(meter.swapped(1.0).has_value());
    meter.asked(5, 1.000);
    meter.shown(4, 100);
    EXPECT_FALSE(meter.swapped(1.016).has_value()) << "an older image";
    meter.asked(6, 1.016);
    meter.shown(6, 100);
    const auto took_ms = meter.swapped(1.032);
    ASSERT_TRUE(took_ms.has_value());
    EXPECT_NEAR(*took_ms, 32.0, 1e-6);
    EXPECT_FALSE(meter.swapped(1.048).has_value()) << "once";
}

TEST(DragMeter, ForgetsAMoveWhoseImageWasNowhereOnTheScreen) {
    DragMeter meter;
    meter.asked(1, 10.0);  // the map is maximised: no panel draws the image
    EXPECT_EQ(meter.swapped(10.016), std::nullopt);
    meter.shown(1, 100);  // seconds later it is as large as before
    EXPECT_EQ(meter.swapped(14.0), std::nullopt);
    meter.asked(2, 15.0);
    meter.shown(2, 100);
    ASSERT_TRUE(meter.swapped(15.020).has_value());
}

TEST(DragMeter, ForgetsWhatIsNoLongerWanted) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.drop();
    meter.shown(1, 100);
    EXPECT_EQ(meter.swapped(13.0), std::nullopt);
}

TEST(DragMeter, MeasuresFromAStepInTimeToTheFrameThatShowsItsWeights) {
    DragMeter meter;
    meter.asked(1, 9.0);
    meter.shown(1, 900);
    ASSERT_TRUE(meter.swapped(9.010).has_value());
    meter.went(300, 10.0);
    meter.shown(1, 900);
    EXPECT_EQ(meter.swapped(10.010), std::nullopt) << "the weights before";
    meter.went(200, 10.012);  // the slider has moved on
    meter.shown(1, 300);
    EXPECT_EQ(meter.swapped(10.020), std::nullopt);
    meter.shown(1, 200);
    const auto measured_ms = meter.swapped(10.030);
    ASSERT_TRUE(measured_ms.has_value());
    EXPECT_NEAR(*measured_ms, 30.0, 1e-6);
}

TEST(DragMeter, MeasuresEachStepInTimeWhileTheHandGoesOn) {
    DragMeter meter;
    meter.shown(1, 900);
    meter.went(300, 10.0);  // after the panels were drawn
    EXPECT_EQ(meter.swapped(10.010), std::nullopt);
    meter.shown(1, 300);
    meter.went(200, 10.012);
    EXPECT_NEAR(meter.swapped(10.020).value_or(0.0), 20.0, 1e-6);
    meter.shown(1, 200);
    EXPECT_NEAR(meter.swapped(10.030).value_or(0.0), 18.0, 1e-6);
    meter.shown(1, 200);
    EXPECT_EQ(meter.swapped(10.040), std::nullopt);
}

TEST(DragMeter, ForgetsAStepInTimeThatIsOvertakenByTheNewestWeights) {
    DragMeter meter;
    meter.went(900, 10.0);
    meter.follows();
    meter.shown(1, 900);
    EXPECT_EQ(meter.swapped(10.020), std::nullopt);
    // A move of the cursor meanwhile is measured all the same.
    meter.asked(2, 11.0);
    meter.went(1000, 11.001);
    meter.follows();
    meter.shown(2, 1100);
    EXPECT_TRUE(meter.swapped(11.020).has_value());
}

}  // namespace
}  // namespace elbow::gui
