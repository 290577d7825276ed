#pragma once

// One painter for window and file: a mark is drawn once, over this. Positions are in pixels from
// the upper left corner, y downwards; widths and radii are in pixels, too. Pictures are painted by
// raster_painter.h, the window by gui/widgets/screen_painter.h. A painter belongs to one thread.

#include <span>
#include <string>

#include "app/charts/raster.h"

namespace elbow::charts {

struct Ink {
    Rgb rgb{};
    double alpha = 1.0;
};

// "#0072b2", as SVG and CSS write it.
std::string web_colour(const Rgb&);

class Painter {
  public:
    virtual ~Painter() = default;

    // The thinnest line there is, upright or level, on whole pixels; and four around a rectangle.
    virtual void rule(Pixel from, Pixel to, const Ink&) = 0;
    virtual void frame(Pixel low, Pixel high, const Ink&) = 0;

    virtual void line(Pixel from, Pixel to, float width, const Ink&) = 0;
    // In one stroke, no darker at its corners.
    virtual void polyline(std::span<const Pixel>, float width, const Ink&) = 0;
    // A closed line, which may be as slim as a needle.
    virtual void outline(std::span<const Pixel>, float width, const Ink&) = 0;
    // What lies between a line, from left to right, and the level `base` below it.
    virtual void area(std::span<const Pixel>, float base, const Ink&) = 0;
    virtual void box(Pixel low, Pixel high, const Ink&) = 0;
    virtual void disc(Pixel centre, float radius, const Ink&) = 0;
    virtual void circle(Pixel centre, float radius, float width, const Ink&) = 0;

    // Words in UTF-8; `at`: the upper left corner of their line.
    virtual void text(Pixel at, const std::string& words, const Ink&) = 0;
    virtual float text_width(const std::string& words) const = 0;
    virtual float line_height() const = 0;

    // Draws nothing outside the rectangle until clip_nothing(). One rectangle at a time.
    virtual void clip(Pixel low, Pixel high) = 0;
    virtual void clip_nothing() = 0;
};

}  // namespace elbow::charts
