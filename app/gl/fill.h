#pragma once

// Opaque boxes in the picture that is being drawn. GUI thread.

#include "app/gl/map_renderers.h"

namespace elbow::gl {

// Pixels of the picture, from its bottom left.
struct PixelBox {
    int left, bottom, width, height;
};

// The colour's alpha becomes the picture's. Takes the scissor box.
void fill(const PixelBox&, const Rgba&);

}  // namespace elbow::gl
