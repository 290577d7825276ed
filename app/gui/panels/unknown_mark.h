#pragma once

// Which pixels of an image are not known, drawn over it. GUI thread.

#include <cstdint>
#include <span>

#include "engine/data/image_shape.h"
#include "imgui.h"

namespace elbow::gui {

// Over an image that lies from `at` to `end`, pixels: an outline around the pixels of unknown
// [H * W] that are not 0, and hatching where it is wanted, in lines `apart` px from one another.
void draw_unknown(ImDrawList*, ImVec2 at, ImVec2 end, const data::ImageShape&,
                  std::span<const std::uint8_t> unknown, bool hatched, float apart, ImU32 colour);

}  // namespace elbow::gui
