// No label is cut off, shortened or drawn over another one, at any size of the letters and of the
// window: every panel, dialog and menu is drawn and its letters are looked at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/live/questions/point.h"
#include "tests/app/drawn_labels.h"
#include "tests/app/own_pictures.h"
#include "tests/app/whole_window.h"
#include "tests/temporary_folder.h"

namespace elbow::gui {
namespace {

struct ScreenSize {
    float width, height, scale;
};

std::ostream& operator<<(std::ostream& out, const ScreenSize& size) {
    return out << size.width << " x " << size.height << " at scale " << size.scale;
}

class Labels : public testing::TestWithParam<ScreenSize> {
  protected:
    static RunConfig config(int latents) {
        RunConfig config = test::tiny_config();
        config.latents = latents;
        return config;
    }
    void begin(const RunConfig& config, const std::optional<RunConfig>& rival = std::nullopt) {
        window.begin(config, test::tiny_dataset(), rival);
        ASSERT_TRUE(window.shows_everything());
        window.runs.send(live::Pause{});
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

// A slow machine shows it for a while.
TEST_P(Labels, AreReadableInTheFirstFrame) {
    window.frame();
    for (const std::string& fault : DrawnLabels().faults()) ADD_FAILURE() << fault;
}

// Under a message, in a small window, the curves have hardly any height.
TEST_P(Labels, AreReadableBeforeTheFirstCurve) {
    begin(config(2));
    Curves& curves = window.runs.in_hand().curves;
    curves.train.clear();
    curves.evaluations.clear();
    ++curves.version;
    window.message = "The images are not on this machine.";
    look("no curve yet");
}

TEST_P(Labels, AreReadable) {
    look("without a run");
    begin(config(2));
    look("two latents");
    for (const char* group : {"Data", "Model", "Estimator", "Optimiser"}) {
        window.click("controls.group." + std::string(group));
        look(std::string(group) + " unfolded");
        window.click("controls.group." + std::string(group));
    }
    window.runs.in_hand().view_state.point = 3;
    ASSERT_TRUE(window.becomes(
        [&] { return window.runs.in_hand().link.views().get<live::PointView>() != nullptr; }));
    look("an image selected");
}

// Beside each stands the button that takes it back to the usual.
TEST_P(Labels, AreReadableWithTheLongestNamesOfMembers) {
    RunConfig config = Labels::config(2);
    config.network = "mlp";
    config.posterior = "full";
    config.prior = "mixture";
    config.likelihood = "gaussian-fixed";
    begin(config);
    window.click("controls.group.Model");
    look("Model unfolded");
}

TEST_P(Labels, AreReadableWithManyLatents) {
    begin(config(20));
    look("20 latents");
}

// A and B go around the dot, from beside it to where neither touches the hint.
TEST_P(Labels, TheHintLiesOverNeitherANorB) {
    begin(config(2));
    ViewState& view_state = window.runs.in_hand().view_state;
    view_state.follow_fit = view_state.path_follows = false;
    window.settle();
    const double unit_px = window.shown["map.canvas"].height / (2.0 * view_state.rect.half_height);
    for (const double away : {12.0, 20.0, 30.0}) {
        int hints = 0;
        for (int part = 0; part < 12; ++part) {
            const double angle = part * std::numbers::pi / 6, reach = away * GetParam().scale;
            const auto x = static_cast<float>(reach * std::cos(angle) / unit_px);
            const auto y = static_cast<float>(reach * std::sin(angle) / unit_px);
            const std::vector<float> dot = view_state.cursor;
            view_state.path_from = {dot[0] + x, dot[1] + y};
            view_state.path_to = {dot[0] - 2 * y, dot[1] + 2 * x};
            window.frame();
            const DrawnLabels labels;
            for (const std::string& fault : labels.faults()) ADD_FAILURE() << away << ": " << fault;
            bool there = false;
            for (const DrawnText& text : labels.texts()) {
                if (text.text.substr(0, 4) != "drag") continue;
                there = true;
                for (const char* name : {"map.handle_a", "map.handle_b"}) {
                    const LayoutLog::Rect disc = window.shown[name];
                    EXPECT_TRUE(text.max.x < disc.x || text.min.x > disc.x + disc.width ||
                                text.max.y < disc.y || text.min.y > disc.y + disc.height)
                        << name << ' ' << away << " px from the dot";
                }
            }
            hints += there ? 1 : 0;
        }
        EXPECT_GT(hints, 0) << away << " px from the dot";
    }
}

TEST_P(Labels, AreReadableInARace) {
    RunConfig rival = config(2);
    rival.estimator = "wake_sleep";
    begin(config(2), rival);
    look("a race");
    for (const char* map : {"map.canvas", "second.map.canvas"}) {
        ASSERT_TRUE(window.shown.contains(map)) << map;
        EXPECT_GE(window.shown[map].width, 120.0f * GetParam().scale) << map;
    }
    EXPECT_TRUE(window.shown.contains("curves.plot"));
    for (const char* said : {"race.name.0", "race.score.0", "race.name.1", "race.score.1"}) {
        ASSERT_TRUE(window.shown.contains(said)) << said;
        const LayoutLog::Rect box = window.shown[said];
        EXPECT_GT(box.width, 4.0f * GetParam().scale) << said;
        EXPECT_LT(box.x + box.width, window.shown["race.link"].x) << said;
    }
    if (!window.click("map.more")) return;
    look("the controls of a narrow map");
    if (window.click("map.legend")) look("its legend");
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
    for (const Export* each : all_exports()) {
        window.click("export." + std::string(each->id));
        look(std::string("export of ") + each->title);
    }
    window.export_open = false;
    const testing_support::TemporaryFolder folder;
    testing_support::write_two_classes(folder.path());
    window.images.open(folder.path());
    ASSERT_TRUE(window.becomes([&] { return window.shown.count("images.go") > 0; }));
    look("images of one's own");
    window.images.close();
    window.message = "The images are not on this machine.";
    window.toasts.add(ToastKind::kError, "The disk is full: 3 GB are needed and 2 are free.");
    look("a message and a toast");
}

INSTANTIATE_TEST_SUITE_P(AtEverySize, Labels,
                         testing::Values(ScreenSize{1600, 1000, 1.0f}, ScreenSize{900, 600, 1.0f},
                                         ScreenSize{2000, 1250, 1.25f},
                                         ScreenSize{2400, 1500, 1.5f}, ScreenSize{3200, 2000, 2.0f},
                                         ScreenSize{4800, 3000, 3.0f}));

}  // namespace
}  // namespace elbow::gui
