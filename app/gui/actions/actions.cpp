#include "app/gui/actions/actions.h"

#include "app/gui/actions/families.h"
#include "app/gui/workspace.h"

namespace elbow::gui {

WindowActions window_actions(std::span<Context> contexts, std::size_t in_hand,
                             Workspace& workspace) {
    WindowActions actions;
    Context& context = contexts[in_hand];
    const auto add = [&](const char* place, const auto& family) {
        const std::size_t first = actions.size();
        family();
        for (std::size_t i = first; i < actions.size(); ++i) actions[i].place = place;
    };
    add("Run", [&] { add_run_actions(context, actions); });
    workspace.add_panel_actions(contexts, in_hand, actions);
    add("Export", [&] { add_export_actions(context, actions); });
    add("Race", [&] { add_race_actions(context, actions); });
    add(kWindowPlace, [&] { add_window_actions(context, actions); });
    add(kWindowPlace, [&] { workspace.add_layout_actions(contexts, actions); });
    add_saved_run_actions(context, actions);
    add_experiment_actions(context, actions);
    return actions;
}

void perform(const WindowAction& action, bool from_palette, Workspace& workspace) {
    if (!action.panel.empty() && (from_palette || action.key_shows_panel))
        workspace.show(action.panel);
    action.run();
}

}  // namespace elbow::gui
