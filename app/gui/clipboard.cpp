#include "app/gui/clipboard.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "engine/core/clock.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/path_text.h"
#include "engine/core/process.h"

namespace elbow::gui {
namespace {

constexpr const char* kElseExport = " Or export the picture to a file (E).";
constexpr const char* kElseDrop = " Or drop the picture's file on the window.";
// Of pictures, the best one first, as programs offer them.
constexpr std::array kPictureTypes = {"image/png", "image/bmp", "image/jpeg", "image/gif"};
constexpr const char* kFilesType = "text/uri-list";

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

// Of the programs that this desktop may have, the one that is installed. `command`: which of its
// commands it is wanted for; `otherwise`: what else the person can do.
ClipboardProgram installed_program(std::vector<std::string> ClipboardProgram::*command,
                                   const char* otherwise) {
    const std::vector<ClipboardProgram> programs =
        clipboard_programs(is_set("WAYLAND_DISPLAY"), is_set("DISPLAY"));
    if (programs.empty())
        throw Error(std::string("There is no desktop whose clipboard could hold a picture.") +
                    otherwise);
    for (const ClipboardProgram& program : programs) {
        if (find_program((program.*command)[0])) return program;
    }
    const ClipboardProgram& wanted = programs.front();
    throw Error("That takes the program " + (wanted.*command)[0] +
                ", which is not installed: sudo apt install " + wanted.package + "." + otherwise);
}

// Throws Error where the program does not answer in time. `again`: what the person did.
ProcessResult answer_of(ProcessRequest request, const std::function<void()>& poll,
                        double patience_s, const std::string& again) {
    const double end_s = steady_now_s() + patience_s;
    const std::string program = request.arguments[0];
    request.poll = [&] {
        poll();
        if (steady_now_s() > end_s)
            throw Error("The program " + program + " did not answer, and was stopped. " + again);
    };
    return run_process(request);
}

[[noreturn]] void fail(const ProcessRequest& request, const ProcessResult& result,
                       const char* otherwise) {
    const std::string line = last_line(result.standard_error);
    throw Error("The program " + request.arguments[0] + " failed: " +
                (line.empty() ? "exit code " + std::to_string(result.exit_code) : line) + "." +
                otherwise);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        while (!line.empty() && line.back() == '\r') line.pop_back();
        if (!line.empty()) lines.push_back(line);
    }
    return lines;
}

// What a person calls it that is offered in these types.
std::string name_of_what(const std::vector<std::string>& types) {
    const bool text = std::any_of(types.begin(), types.end(), [](const std::string& type) {
        return type.rfind("text/", 0) == 0 || type == "STRING" || type == "UTF8_STRING";
    });
    return text ? "text" : "something else (" + types.front() + ")";
}

[[noreturn]] void refuse_what_lies_there(const std::vector<std::string>& types) {
    throw Error(std::string("Expected a picture on the clipboard, ") +
                (types.empty() ? "which is empty." : "found " + name_of_what(types) + ".") +
                " Copy a picture in another program first." + kElseDrop);
}

// Of the first file in a list of URIs.
std::filesystem::path first_file(const std::string& uris) {
    for (const std::string& line : lines_of(uris))
        if (line.rfind("file://", 0) == 0) return path_of_text(line);
    return {};
}

}  // namespace

std::vector<ClipboardProgram> clipboard_programs(bool wayland, bool x11) {
    std::vector<ClipboardProgram> programs;
    if (wayland)
        programs.push_back({{"wl-copy", "--type", "image/png"},
                            {"wl-paste", "--list-types"},
                            {"wl-paste", "--no-newline", "--type"},
                            "wl-clipboard"});
    // A Wayland desktop with an X server hands on what lies there.
    if (x11)
        programs.push_back({{"xclip", "-selection", "clipboard", "-t", "image/png", "-i"},
                            {"xclip", "-selection", "clipboard", "-o", "-t", "TARGETS"},
                            {"xclip", "-selection", "clipboard", "-o", "-t"},
                            "xclip"});
    return programs;
}

void copy_png_to_clipboard(std::span<const std::uint8_t> png, const std::function<void()>& poll,
                           double patience_s) {
    ProcessRequest request;
    request.arguments = installed_program(&ClipboardProgram::copy, kElseExport).copy;
    request.input.emplace(png.begin(), png.end());
    const ProcessResult result =
        answer_of(request, poll, patience_s, std::string("Copy again.") + kElseExport);
    if (result.exit_code != 0) fail(request, result, kElseExport);
}

PastedPicture paste_picture(const std::function<void()>& poll, double patience_s) {
    const ClipboardProgram program = installed_program(&ClipboardProgram::list, kElseDrop);
    const std::string again = std::string("Paste again.") + kElseDrop;
    ProcessRequest request;
    request.arguments = program.list;
    // Of an empty clipboard the programs say that as a failure, in words of their own.
    const ProcessResult listed = answer_of(request, poll, patience_s, again);
    const std::vector<std::string> types =
        listed.exit_code == 0 ? lines_of(listed.standard_output) : std::vector<std::string>{};
    const auto is_offered = [&](const char* type) {
        return std::find(types.begin(), types.end(), type) != types.end();
    };
    const auto* const best = std::find_if(kPictureTypes.begin(), kPictureTypes.end(), is_offered);
    const bool as_file = best == kPictureTypes.end();
    if (as_file && !is_offered(kFilesType)) refuse_what_lies_there(types);
    request.arguments = program.paste;
    request.arguments.emplace_back(as_file ? kFilesType : *best);
    request.kept_bytes = kMostFileBytes;
    const ProcessResult got = answer_of(request, poll, patience_s, again);
    if (got.exit_code != 0) fail(request, got, kElseDrop);
    PastedPicture pasted;
    if (as_file) {
        pasted.file = first_file(got.standard_output);
        if (pasted.file.empty()) refuse_what_lies_there(types);
    } else {
        pasted.bytes.assign(got.standard_output.begin(), got.standard_output.end());
    }
    return pasted;
}

}  // namespace elbow::gui
