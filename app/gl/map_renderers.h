#pragma once

// The layers of the latent map: the prior's density, the decoded manifold, the points, the
// posteriors. Each draws into the current viewport, which shows the plane from x_min to x_max and
// y_min (bottom) to y_max (top). GUI thread.

#include <array>
#include <cstdint>
#include <span>

#include "app/gl/handles.h"
#include "app/gl/shader.h"
#include "app/gl/tile_texture.h"

namespace elbow::gl {

struct PlaneRect {
    float x_min, x_max, y_min, y_max;
};

struct Rgba {
    float r, g, b, a;
};

// How points look.
struct PointStyle {
    float size_px;
    std::array<Rgba, 10> colours;  // by label
    float rim_px;                  // of the rim colour around each; 0: its own edge is darker
    Rgba rim;
};

// Points at (x, y), coloured by label; hidden labels are skipped.
class PointRenderer {
  public:
    PointRenderer();
    // xy [count, 2], labels [count] or empty (all label 0).
    void upload(std::span<const float> xy, std::span<const std::uint8_t> labels);
    void draw(const PlaneRect&, const PointStyle&, std::uint32_t hidden_labels) const;

  private:
    ShaderProgram program_;
    VertexArray vertex_array_;
    Buffer positions_, labels_;
    int count_ = 0;
};

// How ellipses look.
struct EllipseStyle {
    std::array<Rgba, 10> colours;  // by label
    float line_px;
    float least_px;  // of a radius
    float fill;      // strength of what lies within, of the line's
};

// Ellipses along the axes, coloured by label.
class EllipseRenderer {
  public:
    EllipseRenderer();
    // shapes [count, 4]: middle and radii, units of the plane; labels [count].
    void upload(std::span<const float> shapes, std::span<const std::uint8_t> labels);
    // width, height: of the viewport, pixels.
    void draw(const PlaneRect&, int width, int height, const EllipseStyle&) const;

  private:
    ShaderProgram program_;
    VertexArray vertex_array_;
    Buffer shapes_, labels_;
    int count_ = 0;
};

// A tile texture stretched over `tiles_rect` of the plane.
class ManifoldRenderer {
  public:
    ManifoldRenderer();
    void draw(const PlaneRect& view, const PlaneRect& tiles_rect, const TileTexture&,
              float alpha) const;

  private:
    ShaderProgram program_;
    VertexArray vertex_array_;
};

// The standard normal's density over the plane, relative to its peak, as a colour ramp with rings
// at 1, 2 and 3 sigma.
class DensityRenderer {
  public:
    DensityRenderer();
    void draw(const PlaneRect& view, const Rgba& colour, const Rgba& ring) const;

  private:
    ShaderProgram program_;
    VertexArray vertex_array_;
};

}  // namespace elbow::gl
