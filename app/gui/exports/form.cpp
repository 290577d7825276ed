#include "app/gui/exports/form.h"

#include <string_view>

#include "app/charts/svg_painter.h"

namespace elbow::gui {
namespace {

constexpr std::string_view kSvg = "svg";

}  // namespace

ExportList form_choice() {
    return {.option = "--form",
            .label = "file",
            .mark = "export.form",
            .value = &Settings::export_form,
            .items = {{"png", "PNG", "Pixels: for a screen, a slide, a web page."},
                      {kSvg.data(), "SVG",
                       "A drawing for a paper: lines are sharp at any size and text stays text. "
                       "Images in it are pixels."}}};
}

bool is_svg(const Settings& settings) { return form_choice().chosen(settings).name == kSvg; }

const char* picture_extension(const Settings& settings) {
    return is_svg(settings) ? ".svg" : ".png";
}

std::string svg_text(const Export& what, const ExportSource& source, Progress& progress) {
    return what.svg != nullptr ? what.svg(source, progress)
                               : charts::svg_of(what.draw(source, progress));
}

ExportEither look_choice() {
    return {.option = "--look",
            .first = &Settings::export_print,
            .ways = {{.name = "print",
                      .label = "For print",
                      .help = "On white, in the colours of the light theme.",
                      .mark = "export.look.print"},
                     {.name = "screen",
                      .label = "As on the screen",
                      .help = "In the colours that the window has now.",
                      .mark = "export.look.screen"}}};
}

}  // namespace elbow::gui
