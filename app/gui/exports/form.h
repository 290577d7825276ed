#pragma once

// The form of a picture's file: pixels, or a drawing whose text stays text. Pure functions, for any
// thread.

#include <string>

#include "app/gui/exports/export.h"

namespace elbow::gui {

// "PNG", "SVG": of every picture.
ExportList form_choice();
bool is_svg(const Settings&);
// With the point: ".svg".
const char* picture_extension(const Settings&);
// The picture as the text of an SVG: shapes where it has them, else its pixels. Throws as draw().
std::string svg_text(const Export&, const ExportSource&, Progress&);

// "As on the screen", "For print": light on white.
ExportEither look_choice();

}  // namespace elbow::gui
