#pragma once

// Pictures on the desktop's clipboard. GLFW knows nothing but text there, so the desktop's own
// programs do it: wl-copy and wl-paste (package wl-clipboard) on Wayland, xclip on X11. The one
// that copies stays behind for as long as the clipboard holds the picture, also when the window is
// closed. All of it waits, so it is for any thread but the window's.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace elbow::gui {

// What this desktop may have for it, the best one first. [0] of each command is the program.
struct ClipboardProgram {
    std::vector<std::string> copy;   // reads a PNG
    std::vector<std::string> list;   // prints the types of what lies there, one a line
    std::vector<std::string> paste;  // prints that of the type that comes behind
    const char* package;             // of Debian
};
std::vector<ClipboardProgram> clipboard_programs(bool wayland, bool x11);

// The desktop is what $WAYLAND_DISPLAY and $DISPLAY say. Throws Error, saying which package to
// install where no program is there; what `poll` throws (some twenty times a second) ends it, too.
void copy_png_to_clipboard(std::span<const std::uint8_t> png, const std::function<void()>& poll,
                           double patience_s = 10.0);

// A picture that lies there: its bytes, or the file of one that a file manager has copied.
struct PastedPicture {
    std::vector<std::uint8_t> bytes;
    std::filesystem::path file;  // empty: these are the bytes
};
// Throws as above, and Error where no picture lies there.
PastedPicture paste_picture(const std::function<void()>& poll, double patience_s = 10.0);

}  // namespace elbow::gui
