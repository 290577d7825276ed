#pragma once

// The painter of the window, on an ImGui draw list, in the present font. GUI thread.

#include "app/charts/painter.h"
#include "imgui.h"

namespace elbow::gui {

// A colour of the theme, on any thread.
charts::Ink ink(ImU32 colour, double alpha = 1.0);

class ScreenPainter final : public charts::Painter {
  public:
    // The list stays the caller's. text_px: the size of its letters; 0: as ImGui has it now.
    explicit ScreenPainter(ImDrawList* list, float text_px = 0.0f)
        : list_(list), text_px_(text_px) {}

    using Ink = charts::Ink;
    using Pixel = charts::Pixel;
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
    ImDrawList* list_;
    float text_px_;
};

}  // namespace elbow::gui
