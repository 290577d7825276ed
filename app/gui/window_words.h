#pragma once

// The window's words for what the engine says for the command line or in numbers. Pure functions.

#include <string>
#include <string_view>

namespace elbow::gui {

// Options by their titles: "--batch: expected ..." becomes "Minibatch M: expected ...". Other flags
// stay as they are.
std::string in_window_words(std::string_view message);

// "1 latent", "20 latents".
std::string latents_text(int latents);

}  // namespace elbow::gui
