#pragma once

// Turns what the engine says for the command line into the window's words. Pure functions.

#include <string>
#include <string_view>

namespace elbow::gui {

// Options by their titles: "--batch: expected ..." becomes "Minibatch M: expected ...". Other flags
// stay as they are.
std::string in_window_words(std::string_view message);

}  // namespace elbow::gui
