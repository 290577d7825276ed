#include "app/gui/clipboard.h"

#include <cstdlib>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/process.h"

namespace elbow::gui {
namespace {

constexpr const char* kElse = " Or export the picture to a file (E).";

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

// Throws Error where the program does not take it.
void hand_over(const ClipboardProgram& program, std::span<const std::uint8_t> png,
               const std::function<void()>& poll, double patience_s) {
    const double end_s = steady_now_s() + patience_s;
    ProcessRequest request;
    request.arguments = program.arguments;
    request.input.emplace(png.begin(), png.end());
    request.poll = [&] {
        poll();
        if (steady_now_s() > end_s)
            throw Error("The program " + program.arguments[0] +
                        " did not answer, and was stopped. Copy again." + kElse);
    };
    const ProcessResult result = run_process(request);
    if (result.exit_code == 0) return;
    const std::string line = last_line(result.standard_error);
    throw Error("The program " + program.arguments[0] + " failed: " +
                (line.empty() ? "exit code " + std::to_string(result.exit_code) : line) + "." +
                kElse);
}

}  // namespace

std::vector<ClipboardProgram> clipboard_programs(bool wayland, bool x11) {
    std::vector<ClipboardProgram> programs;
    if (wayland) programs.push_back({{"wl-copy", "--type", "image/png"}, "wl-clipboard"});
    // A Wayland desktop with an X server hands on what lies there.
    if (x11)
        programs.push_back(
            {{"xclip", "-selection", "clipboard", "-t", "image/png", "-i"}, "xclip"});
    return programs;
}

void copy_png_to_clipboard(std::span<const std::uint8_t> png, const std::function<void()>& poll,
                           double patience_s) {
    const std::vector<ClipboardProgram> programs =
        clipboard_programs(is_set("WAYLAND_DISPLAY"), is_set("DISPLAY"));
    if (programs.empty())
        throw Error(std::string("There is no desktop whose clipboard could hold a picture.") +
                    kElse);
    for (const ClipboardProgram& program : programs) {
        if (find_program(program.arguments[0])) return hand_over(program, png, poll, patience_s);
    }
    const ClipboardProgram& wanted = programs.front();
    throw Error("That takes the program " + wanted.arguments[0] +
                ", which is not installed: sudo apt install " + wanted.package + "." + kElse);
}

}  // namespace elbow::gui
