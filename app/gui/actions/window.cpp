#include "app/gui/actions/window.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "app/gui/actions/families.h"

namespace elbow::gui {
namespace {

constexpr float kSmallestScale = 0.75f, kLargestScale = 3.0f;  // as the slider under "View"

WindowAction theme_action(Context& context) {
    return {.id = "view.dark",
            .title = "Light or dark",
            .help = "Light or dark colours (T)",
            .run = [&context] { context.settings.dark = !context.settings.dark; },
            .keys = {{Key::kT}}};
}

// By tenths, from what is shown.
WindowAction scale_action(Context& context, int by) {
    const float wished = (std::round(10.0f * context.scale) + static_cast<float>(by)) / 10.0f;
    const float scale = std::clamp(wished, kSmallestScale, kLargestScale);
    const bool can = (scale - context.scale) * static_cast<float>(by) > 0.0f;
    const std::string percent = std::to_string(std::lround(100.0f * scale)) + " %";
    return {
        .id = by > 0 ? "view.larger" : "view.smaller",
        .title = std::string(by > 0 ? "Larger" : "Smaller") + " letters and controls",
        .help = "To a size of " + percent + ". The slider is under View.",
        .run = [&context, scale] { context.settings.scale = scale; },
        .why_not = can ? "" : "They cannot be any " + std::string(by > 0 ? "larger." : "smaller.")};
}

WindowAction automatic_scale_action(Context& context) {
    return {.id = "view.scale.auto",
            .title = "Size of letters and controls as the desktop has it",
            .help = "Use the desktop's scale",
            .run = [&context] { context.settings.scale = 0.0f; },
            .why_not = context.settings.scale == 0.0f ? "They follow the desktop already." : ""};
}

WindowAction help_action(Context& context) {
    return {.id = "top.help",
            .title = "Sheet of keys, mouse and words",
            .help = "All keys, what the mouse does, and what bound, reconstruction and KL are.",
            .run = [&context] { context.actions.open_help(); },
            .keys = {{Key::kQuestion}},
            .reach = Reach::kMenus};
}

WindowAction palette_action(Context& context) {
    return {.id = "top.palette",
            .title = "Find any action",
            .help = "Everything that the window can do, found by a few letters.",
            .run = [&context] { context.actions.open_palette(); },
            .keys = {{Key::kP, true}},
            .reach = Reach::kTexts,
            .for_the_mouse = "This is it."};
}

}  // namespace

WindowAction full_screen_action(Context& context) {
    return {.id = "view.full_screen",
            .title = "Full screen, or back to the window",
            .help = "Fills the screen, or goes back (F11)",
            .run = [&context] { context.actions.toggle_full_screen(); },
            .keys = {{Key::kF11}},
            .reach = Reach::kMenus};
}

WindowAction reset_layout_action(Context& context) {
    return {
        .id = "view.reset_layout",
        .title = "Reset the layout of the panels",
        .help = "Puts every panel and every border between them back where it was at first",
        .run = [&context] { context.settings.layout = {}; },
        .why_not = context.settings.layout.empty() ? "No panel and no border has been moved." : ""};
}

WindowAction lecture_action(Context& context) {
    return {.id = "view.lecture",
            .title = "Lecture mode: large type, the map, the image and the curves alone",
            .help =
                "For a projector: large type, and only the map, the image under the dot and "
                "the curves. The same again puts everything back (F5).",
            .run = [&context] { context.actions.toggle_lecture(); },
            .keys = {{Key::kF5}},
            .reach = Reach::kMenus,
            .on = context.lecture};
}

WindowAction guided_tour_action(Context& context) {
    return {.id = "top.guided_tour",
            .title = "Guided tour of the window",
            .help =
                "Twelve steps, from the encoder to an image of your own, each at the thing "
                "itself. The training goes on.",
            .run = [&context] { context.actions.toggle_guided_tour(); },
            .keys = {{Key::kF1}},
            .reach = Reach::kMenus};
}

void add_window_actions(Context& context, WindowActions& actions) {
    actions.push_back(palette_action(context));
    actions.push_back(theme_action(context));
    actions.push_back(full_screen_action(context));
    actions.push_back(scale_action(context, 1));
    actions.push_back(scale_action(context, -1));
    actions.push_back(automatic_scale_action(context));
    actions.push_back(reset_layout_action(context));
    actions.push_back(help_action(context));
    actions.push_back(guided_tour_action(context));
    actions.push_back(lecture_action(context));
}

}  // namespace elbow::gui
