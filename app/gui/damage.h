#pragma once

// Finds which parts of the window a frame changes from what ImGui is about to draw: without a
// graphics card, only those are drawn. The window is divided into tiles, and each tile has a hash
// of all that falls on it. GUI thread.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "imgui.h"

namespace elbow::gui {

// Framebuffer pixels from the top left; [left, right) x [top, bottom).
struct PixelRect {
    int left, top, right, bottom;
    bool empty() const { return left >= right || top >= bottom; }
    bool operator==(const PixelRect&) const = default;
};
PixelRect intersection(const PixelRect&, const PixelRect&);

// A rectangle of one colour under what ImGui draws.
struct Ground {
    PixelRect area;
    ImU32 colour;
};

class Damage {
  public:
    // How often the texture's content has changed.
    using Changes = std::function<std::uint64_t(ImTextureID)>;

    // What differs from the frame of the previous call, as a few rectangles that overlap in single
    // tiles at most; everything if nothing is known of that frame.
    std::vector<PixelRect> since_last(const ImDrawData&, std::span<const Ground>, const Changes&);
    // The window no longer shows the previous frame.
    void forget() { sums_.clear(); }

  private:
    std::vector<std::uint64_t> sums_;  // of the tiles, row by row
    int columns_ = 0;
};

}  // namespace elbow::gui
