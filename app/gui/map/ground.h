#pragma once

// What the layers share that draw the ground under the map's marks: by OpenGL on the screen, and
// pixel by pixel in a picture.

#include <algorithm>

#include "app/charts/painter.h"
#include "app/gl/map_renderers.h"
#include "app/gui/map/map_view.h"

namespace elbow::gui {

// For OpenGL.
gl::Rgba rgba(ImU32 colour, float alpha = 1.0f);
gl::PlaneRect plane_rect(const PlaneView&);
// What was uploaded. `pixels`: of the framebuffer, in one of the view's.
void draw_ellipses(const gl::EllipseRenderer&, const PlaneView&, float pixels,
                   const gl::EllipseStyle&);
// And back, for a picture.
charts::Ink rgba_ink(const gl::Rgba&);

// As GLSL's smoothstep().
inline double smooth_step(double from, double to, double value) {
    const double t = std::clamp((value - from) / (to - from), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}

// Calls paint(column, row, place) for each pixel of the plot.
template <class Paint>
void for_each_pixel(const PlaneView& view, const Paint& paint) {
    const ImVec2 low = view.min_px(), high = view.max_px();
    for (int y = static_cast<int>(low.y); y < static_cast<int>(high.y); ++y) {
        for (int x = static_cast<int>(low.x); x < static_cast<int>(high.x); ++x) {
            paint(x, y,
                  view.to_plane({static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f}));
        }
    }
}

}  // namespace elbow::gui
