#pragma once

// A picture that is drawn with OpenGL off screen and then shown as an ImGui image; redrawn only
// when its owner says so. OpenGL's first row is the bottom one, so it is shown with uv0 = (0, 1)
// and uv1 = (1, 0). GUI thread.

#include <functional>

#include "app/gl/handles.h"

namespace elbow::gl {

class Canvas {
  public:
    // Makes the picture width x height pixels, of this colour (RGBA, 0 to 1).
    void clear(int width, int height, const float (&colour)[4]);
    // Calls `paint` with the viewport set, over what is there; leaves the framebuffer binding and
    // viewport as they were.
    void draw(const std::function<void()>& paint);

    GLuint texture() const { return texture_.get(); }
    int width() const { return width_; }
    int height() const { return height_; }

  private:
    void resize(int width, int height);

    Texture texture_;
    Framebuffer framebuffer_;
    int width_ = 0, height_ = 0;
};

}  // namespace elbow::gl
