#include "app/gui/exports/page_text.h"

#include <string_view>
#include <utility>

#include "app/charts/painter.h"
#include "app/gui/theme.h"
#include "app/gui/widgets/screen_painter.h"
#include "engine/core/error.h"
#include "engine/core/file.h"
#include "engine/core/program_files.h"

namespace elbow::gui {
namespace {

std::string part_of_page(const std::string& name) {
    return read_text_file(
        asset_file(std::filesystem::path("page") / name, "A part of the page, " + name + ", was"));
}

// "  --accent: #6ab0ff;\n"
std::string css_colour(const std::string& name, ImU32 colour) {
    return "  --" + name + ": " + charts::web_colour(ink(colour).rgb) + ";\n";
}

std::string css_colours(const Theme& theme) {
    const std::pair<const char*, ImU32> named[] = {
        {"background", theme.background}, {"panel", theme.panel},
        {"border", theme.border},         {"text", theme.text},
        {"text-dim", theme.text_dim},     {"accent", theme.accent},
        {"error", theme.error},           {"map-background", theme.map_background},
        {"grid-line", theme.grid_line},   {"axis-line", theme.axis_line},
        {"cursor", theme.cursor},         {"path", theme.path},
        {"unlabelled", theme.unlabelled}};
    std::string css = ":root {\n";
    for (const auto& [name, colour] : named) css += css_colour(name, colour);
    for (std::size_t i = 0; i < theme.labels.size(); ++i)
        css += css_colour("label-" + std::to_string(i), theme.labels[i]);
    return css + "}\n";
}

std::string html_escaped(const std::string& text) {
    std::string escaped;
    for (const char letter : text) {
        switch (letter) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            default:
                escaped += letter;
        }
    }
    return escaped;
}

// Nothing in it ends the element that it lies in.
std::string json_in_html(const Json& json) {
    std::string escaped;
    for (const char letter : json_text(json))
        letter == '<' ? escaped += "\\u003c" : escaped += letter;
    return escaped;
}

}  // namespace

std::string page_text(const std::string& title, const Json& run) {
    const auto filled = [&](std::string_view name) -> std::string {
        if (name == "title") return html_escaped(title);
        if (name == "run") return json_in_html(run);
        if (name == "colours") {
            return css_colours(make_theme(false, {})) + "@media (prefers-color-scheme: dark) {\n" +
                   css_colours(make_theme(true, {})) + "}";
        }
        return part_of_page(std::string(name));
    };
    const std::string frame = part_of_page("page.html");
    std::string text;
    std::size_t at = 0;
    for (std::size_t next = 0; (next = frame.find("{{", at)) != std::string::npos;) {
        const std::size_t end = frame.find("}}", next);
        if (end == std::string::npos)
            throw Error("assets/page/page.html has a {{ without }}. Take the program's own file.");
        text += frame.substr(at, next - at) +
                filled(std::string_view(frame).substr(next + 2, end - next - 2));
        at = end + 2;
    }
    return text + frame.substr(at);
}

}  // namespace elbow::gui
