// No label is cut off, shortened or drawn over another one, at any size of the letters and of the
// window: every panel, dialog and menu is drawn and its letters are looked at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/whole_window.h"
#if IMGUI_VERSION_NUM < 19200
#include "tests/app/drawn_labels.h"
#endif

namespace elbow::gui {
namespace {

#if IMGUI_VERSION_NUM < 19200

struct Size {
    float width, height, scale;
};

std::ostream& operator<<(std::ostream& out, const Size& size) {
    return out << size.width << " x " << size.height << " at scale " << size.scale;
}

class Labels : public testing::TestWithParam<Size> {
  protected:
    static RunConfig config(int latents) {
        RunConfig config = test::tiny_config();
        config.latents = latents;
        return config;
    }
    void begin(const RunConfig& config, const std::optional<RunConfig>& rival = std::nullopt) {
        window.begin(config, test::tiny_dataset(), rival);
        ASSERT_TRUE(window.shows_everything());
        window.runs.send(train::Pause{});
        ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
    }
    void look(const std::string& at) {
        window.settle();
        for (const std::string& fault : DrawnLabels().faults()) {
            ADD_FAILURE() << at << ": " << fault;
        }
    }

    WholeWindow window{GetParam().width, GetParam().height, GetParam().scale};
};

TEST_P(Labels, AreReadable) {
    look("without a run");
    begin(config(2));
    look("two latents");
    for (const char* group : {"Data", "Model", "Estimator", "Optimiser"}) {
        window.click("controls.group." + std::string(group));
        look(std::string(group) + " unfolded");
        window.click("controls.group." + std::string(group));
    }
    window.runs.in_hand().exploration.point = 3;
    ASSERT_TRUE(
        window.becomes([&] { return window.runs.in_hand().link.views().point != nullptr; }));
    look("an image selected");
}

TEST_P(Labels, AreReadableWithManyLatents) {
    begin(config(20));
    look("20 latents");
}

TEST_P(Labels, AreReadableInARace) {
    RunConfig rival = config(2);
    rival.estimator = "wake_sleep";
    begin(config(2), rival);
    look("a race");
}

TEST_P(Labels, AreReadableInMenusAndDialogs) {
    begin(config(2));
    for (const char* menu : {"top.view", "top.paper", "controls.race"}) {
        ASSERT_TRUE(window.click(menu)) << menu;
        look(menu);
        window.move(2, 2);
        window.click("status");
    }
    window.help_open = true;
    look("help");
    window.help_open = false;
    window.export_open = true;
    look("export");
    for (const ExportKindEntry& entry : export_kinds()) {
        window.click("export." + std::string(entry.id));
        look(std::string("export of ") + entry.title);
    }
    window.export_open = false;
    window.message = "The images are not on this machine.";
    window.toasts.add(ToastKind::kError, "The disk is full: 3 GB are needed and 2 are free.");
    look("a message and a toast");
}

INSTANTIATE_TEST_SUITE_P(AtEverySize, Labels,
                         testing::Values(Size{1600, 1000, 1.0f}, Size{900, 600, 1.0f},
                                         Size{2000, 1250, 1.25f}, Size{2400, 1500, 1.5f},
                                         Size{3200, 2000, 2.0f}, Size{4800, 3000, 3.0f}));

#endif

}  // namespace
}  // namespace elbow::gui
