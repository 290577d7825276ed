#pragma once

// What the engine says to somebody at a command line, as the window says it. Pure functions.

#include <string>
#include <string_view>

namespace elbow::gui {

// Options by their titles: "--batch: expected ..." becomes "Minibatch M: expected ...". Other flags
// stay as they are.
std::string in_window_words(std::string_view message);

}  // namespace elbow::gui
