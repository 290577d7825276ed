// What the panels can do, and what can be done with them: the part of the workspace that the
// palette and the keys read.

#include "app/gui/workspace.h"

namespace elbow::gui {

void Workspace::add_panel_actions(std::span<Context> contexts, std::size_t in_hand,
                                  WindowActions& actions) {
    for (Held& held : held_) {
        if (run_shown_by(*held.panel, in_hand) != in_hand) continue;
        const std::size_t first = actions.size();
        held.panel->add_actions(contexts[in_hand], actions);
        for (std::size_t i = first; i < actions.size(); ++i) {
            actions[i].place = held.panel->title();
            actions[i].panel = held.panel->place();
        }
    }
}

// Of a panel that is the first of its place.
void Workspace::add_actions_of(std::size_t index, std::span<const Context> contexts,
                               WindowActions& actions) {
    const std::string place = held_[index].panel->place();
    const std::string title = held_[index].panel->title();
    const Layout* group = group_of(layout_, place);
    const bool front = group != nullptr && group->panels[group->front] == place;
    const bool filling = is_maximised() && held_[maximised_].panel->place() == place;
    const std::string none = why_not_there(place, contexts);
    const bool seen = filling || (front && !is_maximised());
    actions.push_back({.id = place + ".show",
                       .title = "Show the panel " + title,
                       .help = "Brings it to the front of its tabs.",
                       .run = [this, place] { show(place); },
                       .why_not = none.empty() && seen ? "It is on the screen." : none});
    actions.push_back(
        {.id = place + ".fill",
         .title = (filling ? "Back to all panels from " : "Fill the window with ") + title,
         .help = "As X does, or a double click on its title.",
         .run =
             [this, place, filling] {
                 if (filling) return restore();
                 show(place);
                 fill(place);
             },
         .why_not = none,
         .on = filling});
}

void Workspace::add_layout_actions(std::span<const Context> contexts, WindowActions& actions) {
    actions.push_back({.id = "panels.maximise",
                       .title = "Maximise the panel under the mouse, or put it back",
                       .help = "A double click on a panel's title does the same.",
                       .run = [this] { toggle_maximised(ImGui::GetIO().MousePos); },
                       .keys = {{Key::kX}},
                       .for_the_mouse = "Point at the panel and press X."});
    for (std::size_t i = 0; i < held_.size(); ++i) {
        if (held_[i].panel->shows() != Shows::kSecond) add_actions_of(i, contexts, actions);
    }
}

}  // namespace elbow::gui
