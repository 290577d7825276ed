#pragma once

// The painter of pictures in memory, without a window.

#include "app/charts/painter.h"

namespace elbow::charts {

class RasterPainter final : public Painter {
  public:
    // Both stay the caller's. `scale`: pixels of the picture for a design pixel.
    RasterPainter(Raster& raster, const Lettering& letters, double scale)
        : raster_(raster), letters_(letters), scale_(scale) {}

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

  private:
    Raster& raster_;
    const Lettering& letters_;
    double scale_;
};

}  // namespace elbow::charts
