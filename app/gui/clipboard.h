#pragma once

// Pictures on the desktop's clipboard. GLFW can put nothing but text there, so one of the desktop's
// own programs does it: wl-copy (package wl-clipboard) on Wayland, xclip on X11. It stays behind
// for as long as the clipboard holds the picture, also when the window is closed. It waits, so it
// is for any thread but the window's.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace elbow::gui {

// The programs that this desktop may have for it, the best one first.
struct ClipboardProgram {
    std::vector<std::string> arguments;  // [0] is the program
    const char* package;                 // of Debian
};
std::vector<ClipboardProgram> clipboard_programs(bool wayland, bool x11);

// The desktop is what $WAYLAND_DISPLAY and $DISPLAY say. Throws Error, saying which package to
// install where no program is there; what `poll` throws (some twenty times a second) ends it, too.
void copy_png_to_clipboard(std::span<const std::uint8_t> png, const std::function<void()>& poll,
                           double patience_s = 10.0);

}  // namespace elbow::gui
