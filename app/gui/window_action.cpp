#include "app/gui/window_action.h"

#include <algorithm>

namespace elbow::gui {

bool asked_by_key(const WindowAction& action, bool menu_open) {
    if (menu_open && action.reach == Reach::kPanels) return false;
    return std::any_of(action.keys.begin(), action.keys.end(), [&](const Shortcut& shortcut) {
        return action.reach == Reach::kTexts
                   ? pressed_anywhere(shortcut)
                   : pressed(shortcut.key, shortcut.control, shortcut.shift);
    });
}

const std::string& why_not_in_palette(const WindowAction& action) {
    return action.why_not.empty() ? action.for_the_mouse : action.why_not;
}

}  // namespace elbow::gui
