#include "app/gui/frame_log.h"

#include <gtest/gtest.h>

namespace elbow::gui {
namespace {

TEST(DragMeter, MeasuresFromTheMoveToTheFrameThatShowsItsImage) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.shown(0);  // no image yet
    EXPECT_EQ(meter.swapped(10.010), std::nullopt);
    meter.shown(1);
    ASSERT_TRUE(meter.swapped(10.025).has_value());
    meter.shown(1);
    EXPECT_EQ(meter.swapped(10.040), std::nullopt) << "it is shown for the first time once";
}

TEST(DragMeter, CountsFromTheOldestMoveThatIsNotAnsweredYet) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.shown(0);
    EXPECT_EQ(meter.swapped(10.010), std::nullopt);
    meter.asked(2, 10.016);
    meter.shown(2);  // the first was overtaken
    const auto measured_ms = meter.swapped(10.030);
    ASSERT_TRUE(measured_ms.has_value());
    EXPECT_NEAR(*measured_ms, 30.0, 1e-6);
}

TEST(DragMeter, ForgetsAMoveWhoseImageWasNowhereOnTheScreen) {
    DragMeter meter;
    meter.asked(1, 10.0);  // the map is maximised: no panel draws the image
    EXPECT_EQ(meter.swapped(10.016), std::nullopt);
    meter.shown(1);  // seconds later it is as large as before
    EXPECT_EQ(meter.swapped(14.0), std::nullopt);
    meter.asked(2, 15.0);
    meter.shown(2);
    ASSERT_TRUE(meter.swapped(15.020).has_value());
}

TEST(DragMeter, ForgetsWhatIsNoLongerWanted) {
    DragMeter meter;
    meter.asked(1, 10.0);
    meter.drop();
    meter.shown(1);
    EXPECT_EQ(meter.swapped(13.0), std::nullopt);
}

}  // namespace
}  // namespace elbow::gui
