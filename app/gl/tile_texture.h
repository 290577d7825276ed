#pragma once

// Images side by side in one texture, drawn as a whole or tile by tile with their texture
// coordinates. GUI thread.

#include <cstdint>
#include <span>
#include <vector>

#include "app/gl/handles.h"
#include "engine/data/image_shape.h"

namespace elbow::gl {

// How tiles lie in a texture of at most `largest` pixels a side.
struct TileGrid {
    int columns, rows;
    int shrink_x, shrink_y;  // so many pixels of an image are averaged into one of the tile
    int tile_width, tile_height;

    bool operator==(const TileGrid&) const = default;
    // With these columns, or 0: with as many as there is room for.
    static TileGrid of(int count, const data::ImageShape&, int columns, int largest);
};

// image [C, H, W] -> [C, grid.tile_height, grid.tile_width], means over whole pixels.
std::vector<std::uint8_t> shrunk(std::span<const std::uint8_t> image, const data::ImageShape&,
                                 const TileGrid& grid);

class TileTexture {
  public:
    struct TexRect {
        float u0, v0, u1, v1;
    };

    // images [count, C, H, W], each a tile, in rows and columns as the driver has room for them.
    // Uploads at once; keeps the texture where the size is the same. Magnified without smoothing.
    // Images that all together are too large for the driver are averaged down.
    void update(std::span<const std::uint8_t> images, int count, const data::ImageShape&);
    // The same in rows of `columns`, to be drawn as a whole.
    void update_grid(std::span<const std::uint8_t> images, int count, const data::ImageShape&,
                     int columns);

    bool empty() const { return count_ == 0; }
    int count() const { return count_; }
    TexRect tile(int index) const;
    GLuint id() const { return texture_.get(); }

  private:
    Texture texture_;
    int count_ = 0;
    int channels_ = 0;
    TileGrid grid_{};
};

}  // namespace elbow::gl
