// What the selected image costs, in the inspector.

#include "app/gui/panels/compress_section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

#include "engine/live/questions/point.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

class Compressing : public testing::Test {
  protected:
    void begin(RunConfig config) {
        config.latents = 3;
        window_.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window_.shows_everything());
        window_.runs.send(live::Pause{});
        ASSERT_TRUE(window_.becomes([&] { return window_.shows_the_last_step(); }));
        window_.runs.in_hand().view_state.point = 4;
        ASSERT_TRUE(window_.becomes([&] { return shows("inspector.compress"); }));
    }
    void unfold() {
        ASSERT_TRUE(window_.click("inspector.compress"));
        ASSERT_EQ(value("inspector.compress"), "on");
        ASSERT_TRUE(window_.becomes(
            [&] { return shows("inspector.kept_bits") && value("inspector.kept_bits") != "..."; }));
    }
    bool shows(const char* name) const { return window_.shown.count(name) > 0; }
    std::string value(const char* name) { return window_.shown[name].value; }

    WholeWindow window_{1600, 1150, 1.0f};
};

TEST_F(Compressing, AllLatentsCostTheBoundAndFewerAreAskedForByTheSlider) {
    begin(test::tiny_config());
    const auto asks = [&] {
        return window_.runs.in_hand().visible.of_panels.find<live::CompressionQuery>();
    };
    EXPECT_EQ(asks(), nullptr) << "it is off";
    unfold();
    const auto point = window_.runs.in_hand().link.views().get<live::PointView>();
    const double bits = -point->detail.bound_nats() / (std::numbers::ln2 * 120.0);
    EXPECT_NEAR(std::stod(value("inspector.bits")), bits, 6e-4);
    EXPECT_NEAR(std::stod(value("inspector.kept_bits")), bits, 6e-4);
    EXPECT_GT(std::stod(value("inspector.png")), 1.0);
    EXPECT_EQ(value("inspector.kept"), "3");
    const std::string all = value("inspector.kept_image");
    const LayoutLog::Rect slider = window_.shown["inspector.kept"];
    ASSERT_TRUE(window_.carry("inspector.kept", {slider.x + 1, slider.y + 4}));
    window_.let_go({slider.x + 1, slider.y + 4});
    EXPECT_EQ(value("inspector.kept"), "0");
    ASSERT_TRUE(window_.becomes([&] {
        const auto view = window_.runs.in_hand().link.views().get<live::CompressionView>();
        return view->query.kept.empty() && value("inspector.kept_code") == "0.000 bits";
    }));
    EXPECT_NE(value("inspector.kept_image"), all);
    ASSERT_TRUE(window_.click("inspector.compress"));
    window_.frame();
    window_.frame();
    EXPECT_EQ(asks(), nullptr);
    EXPECT_EQ(NullGl::refused(), "");
}

}  // namespace
}  // namespace elbow::gui
