#pragma once

// Which of the window's actions a text finds, the likeliest first. Pure functions.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/window_action.h"

namespace elbow::gui {

// Bytes of a title.
struct TextPart {
    std::size_t begin, length;
    bool operator==(const TextPart&) const = default;
};

struct FoundAction {
    std::size_t action;           // its place in the list
    std::vector<TextPart> marks;  // what of its title was typed
};

// Those that have every word, in capitals or not and in any order, in their title, key, place or
// help; first those that have the words in their titles, best at the beginning of a word. Where
// nothing was typed all are found. Of equals, those used last come first, then the list's order.
// recent: ids, newest first.
std::vector<FoundAction> find_actions(const WindowActions&, std::string_view typed,
                                      std::span<const std::string> recent);

// Puts the id first; the oldest goes where there are more than kMostRecentActions.
void note_recent(std::vector<std::string>& recent, const std::string& id);

}  // namespace elbow::gui
