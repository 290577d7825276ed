#pragma once

// Something that the window can do, as a value: the key, the button, the sheet of keys and the
// palette (Ctrl+P) all have it from here. Who can do something adds it to a list, which is made
// anew where it is asked for: a panel adds its own (Panel::add_actions), a map layer, a panel, an
// export and a paper's experiment by being in their lists; the rest is in actions/. GUI thread.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/keys.h"

namespace elbow::gui {

// Where a key still acts.
enum class Reach {
    kPanels,  // with no menu open, and no text being typed
    kMenus,   // also with a menu open
    kTexts,   // always
};

struct WindowAction {
    std::string id;     // of its button in the layout log, too: "map.fit"
    std::string title;  // what it does, also in the sheet of keys: "Fit the map to the points"
    std::string help;   // a sentence or two
    std::function<void()> run;  // in the frame that the list was made in
    std::string why_not = {};   // why it cannot be done now; empty: it can
    std::vector<Shortcut> keys = {};
    Reach reach = Reach::kPanels;
    std::optional<bool> on = {};  // of what is on or off
    // Of what is done to the thing under the mouse: why the palette cannot do it; empty: it can.
    std::string for_the_mouse = {};
    std::string place = {};        // where it lives: "Run"; of a panel's, the workspace says it
    std::string panel = {};        // that the palette brings to the front; empty: none
    bool key_shows_panel = false;  // so does its key
};
using WindowActions = std::vector<WindowAction>;

inline constexpr const char* kWindowPlace = "Window";

// Whether one of its keys was pressed in this frame where that counts.
bool asked_by_key(const WindowAction&, bool menu_open);

// Why the palette cannot do it; empty: it can.
const std::string& why_not_in_palette(const WindowAction&);

}  // namespace elbow::gui
