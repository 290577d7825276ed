#pragma once

// The painter of drawings: SVG 1.1, whose text stays text and whose lines stay sharp at any size.
// Positions are in the drawing's units, of which a screen shows one as a pixel.

#include <string>

#include "app/charts/painter.h"
#include "engine/io/image_sheet.h"

namespace elbow::charts {

class SvgPainter final : public Painter {
  public:
    // So large, on this ground. letters: what words are measured and written by; stays the
    // caller's. `scale`: units for a design pixel.
    SvgPainter(int width, int height, Rgb ground, const Lettering& letters, double scale);

    void rule(Pixel from, Pixel to, const Ink&) override;
    void frame(Pixel low, Pixel high, const Ink&) override;
    void line(Pixel from, Pixel to, float width, const Ink&) override;
    void polyline(std::span<const Pixel>, float width, const Ink&) override;
    void outline(std::span<const Pixel>, float width, const Ink&) override;
    void area(std::span<const Pixel>, float base, const Ink&) override;
    void box(Pixel low, Pixel high, const Ink&) override;
    void disc(Pixel centre, float radius, const Ink&) override;
    void circle(Pixel centre, float radius, float width, const Ink&) override;
    void text(Pixel at, const std::string& words, const Ink&) override;
    float text_width(const std::string& words) const override;
    float line_height() const override;
    void clip(Pixel low, Pixel high) override;
    void clip_nothing() override;

    void ellipse(Pixel centre, Pixel radii, float width, const Ink& line, const Ink& fill);
    // Embedded as PNG, its pixels as squares.
    void picture(Pixel low, Pixel high, const io::Picture&);

    // The file's text. Once.
    std::string finish();

  private:
    void path(std::span<const Pixel>, float width, const Ink&, bool closed);

    const Lettering& letters_;
    double scale_;
    int clips_ = 0;
    bool clipped_ = false;
    std::string text_;
};

// A picture of pixels as a drawing of that size.
std::string svg_of(const io::Picture&);

}  // namespace elbow::charts
