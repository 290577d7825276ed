// Whatever is done to the view, undo takes back step by step, and redo does again.

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <random>

#include "app/gui/bookmarks.h"
#include "app/gui/map/map_view.h"
#include "tests/app/whole_window.h"

namespace elbow::gui {
namespace {

constexpr int kLatents = 4, kCommands = 200, kImages = 20;

using Random = std::mt19937;

int below(Random& random, int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
}

std::vector<float> some_z(Random& random) {
    std::normal_distribution<float> normal;
    std::vector<float> z(kLatents);
    for (float& each : z) each = normal(random);
    return z;
}

std::vector<int> some_images(Random& random) {
    std::vector<int> images;
    for (int i = 0; i < kImages; ++i)
        if (below(random, 3) == 0) images.push_back(i);
    return images;
}

// What a hand does on the map and in the panels, and no action does by itself.
void use_a_hand(ViewState& view, MapLook& look, Random& random) {
    const int bookmarks = static_cast<int>(view.bookmarks.size());
    const auto some_bookmark = [&] { return static_cast<std::size_t>(below(random, bookmarks)); };
    const std::array<std::function<void()>, 17> hands = {
        [&] { view.put_dot(some_z(random)); },
        [&] { view.put_dot_and_plane(some_z(random)); },
        [&] {
            view.put_dot_along(below(random, kLatents),
                               0.1f * static_cast<float>(below(random, 9)));
        },
        [&] { view.put_a(some_z(random)); },
        [&] { view.put_b(some_z(random)); },
        [&] { view.put_on_axis(below(random, kLatents), below(random, 2) == 0); },
        [&] {
            view.rect.x_center += 0.3;
            view.rect.half_height *= 0.8;
            view.follow_fit = false;
        },
        [&] { view.point = below(random, kImages); },
        [&] { view.point.reset(); },
        [&] { view.selection = some_images(random); },
        [&] { view.hidden_labels ^= 1U << below(random, 3); },
        [&] { view.path_frames = 2 + below(random, 20); },
        [&] {
            view.attributes.push_back({"round", {1, 2}, some_images(random)});
        },
        [&] { view.drawing.assign(16, static_cast<std::uint8_t>(below(random, 256))); },
        [&] {
            if (bookmarks > 0) go_to_bookmark(some_bookmark(), view, look);
        },
        [&] {
            if (bookmarks > 0)
                rename_bookmark(view, some_bookmark(),
                                "Place of " + std::to_string(below(random, 99)));
        },
        [&] {
            if (bookmarks > 0) delete_bookmark(view, some_bookmark());
        }};
    hands[static_cast<std::size_t>(below(random, static_cast<int>(hands.size())))]();
}

// Training, going back through it, and what moves by itself until it is stopped (Play, filling in,
// a dot that a drawing leads), are no commands to the view.
bool is_of_the_view(const WindowAction& action) {
    for (const char* other : {"controls.", "rewind.", "strip.play", "draw."})
        if (action.id.starts_with(other)) return false;
    return !action.panel.empty() && action.why_not.empty() && action.for_the_mouse.empty();
}

class AllThatIsNotTraining : public testing::TestWithParam<unsigned> {
  protected:
    void SetUp() override {
        RunConfig config = test::tiny_config();
        config.latents = kLatents;
        window.begin(config, test::tiny_dataset());
        ASSERT_TRUE(window.shows_everything());
        window.runs.send(live::Pause{});
        ASSERT_TRUE(window.becomes([&] { return window.shows_the_last_step(); }));
        rest();
    }
    // Until a change is a step of undo.
    void rest() {
        for (int frames = 0; frames < 5; ++frames) window.frame();
    }
    void act(const std::function<bool(const WindowAction&)>& is_it) {
        window.with_actions([&](const WindowActions& actions, Workspace& workspace) {
            for (const WindowAction& each : actions)
                if (is_it(each)) return perform(each, false, workspace);
        });
    }
    void act(const std::string& id) {
        act([&](const WindowAction& action) { return action.id == id; });
    }
    // Its name.
    std::string do_something(Random& random) {
        if (below(random, 2) == 0) {
            use_a_hand(view(), window.settings, random);
            return "a hand";
        }
        std::vector<std::string> ids;
        window.with_actions([&](const WindowActions& actions, Workspace&) {
            for (const WindowAction& each : actions)
                if (is_of_the_view(each)) ids.push_back(each.id);
        });
        const std::string& id =
            ids[static_cast<std::size_t>(below(random, static_cast<int>(ids.size())))];
        act([&](const WindowAction& action) { return action.id == id; });
        return id;
    }
    ViewState& view() { return window.runs.in_hand().view_state; }

    struct State {
        ViewState view;
        MapLook look;
        std::string by;  // what led to it
    };
    State now(const std::string& by) { return {view(), window.settings, by}; }
    bool is_as(const State& state) const {
        const MapLook& look = window.settings;
        return look == state.look && same_choice(window.runs.in_hand().view_state, state.view);
    }

    // A small one: nobody looks at it.
    WholeWindow window{1000, 700, 1.0f};
};

TEST_P(AllThatIsNotTraining, IsUndoneAndRedone) {
    Random random(GetParam());
    std::vector<State> steps = {now("the start")};
    for (int command = 0; command < kCommands; ++command) {
        const std::string name = do_something(random);
        rest();
        if (!is_as(steps.back())) steps.push_back(now(name));
    }
    EXPECT_GT(steps.size(), kCommands / 2U) << "most of what is done changes something";
    for (std::size_t i = steps.size() - 1; i > 0; --i) {
        ASSERT_TRUE(window.runs.in_hand().undo.can_undo()) << i;
        act("run.undo");
        ASSERT_TRUE(is_as(steps[i - 1])) << "undo of " << steps[i].by << ", step " << i;
    }
    EXPECT_FALSE(window.runs.in_hand().undo.can_undo());
    for (std::size_t i = 1; i < steps.size(); ++i) {
        ASSERT_TRUE(window.runs.in_hand().undo.can_redo()) << i;
        act("run.redo");
        ASSERT_TRUE(is_as(steps[i])) << "redo of " << steps[i].by << ", step " << i;
    }
    EXPECT_FALSE(window.runs.in_hand().undo.can_redo());
}

INSTANTIATE_TEST_SUITE_P(OfSeveralSeeds, AllThatIsNotTraining, testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace elbow::gui
