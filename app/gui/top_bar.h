#pragma once

// The thin bar over everything: what runs, on what, how fast; and the bars under it that say what
// is wrong and offer the remedy. GUI thread.

#include <string>
#include <vector>

#include "app/gui/area.h"
#include "app/gui/context.h"

namespace elbow::gui {

float top_bar_height(float scale);
void draw_top_bar(Context&, const Area&);

// "playing", "warming up", "paused", "failed", or "loading" while there is no run yet.
const char* status_word(const Context&);
// What it is waiting for, or why it failed; empty if there is nothing to say.
std::string status_help(const Context&);

enum class BarKind { kNote, kError };

float message_bar_height(float scale);
// One line with buttons at its right end; the whole text on hover where it does not fit. Returns
// the index of the button that was pressed, or -1. `name` in the layout log; its buttons are
// `name.0`, `name.1`, ...
int message_bar(Context&, const char* name, BarKind, const std::string& text,
                const std::vector<std::string>& buttons, const Area&);

}  // namespace elbow::gui
