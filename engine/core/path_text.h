#pragma once

// Paths as texts. Pure functions.

#include <filesystem>
#include <string>
#include <string_view>

namespace elbow {

// In a message: "'/tmp/run'".
std::string quoted(const std::filesystem::path&);

// For a command that a shell is to take, on which the path is one word: /tmp/run, '/tmp/my run',
// $'/tmp/caf\xE9' (bash, zsh).
std::string shell_word(const std::filesystem::path&);

// For JSON, which holds UTF-8 alone, while a path may be any bytes: the path as it is where it is
// UTF-8; else with escapes, as in a URI: "file:///tmp/caf%E9".
// Nothing is lost.
std::string text_of_path(const std::filesystem::path&);

// The inverse; a text that does not begin with file:// is the path itself.
std::filesystem::path path_of_text(std::string_view);

}  // namespace elbow
