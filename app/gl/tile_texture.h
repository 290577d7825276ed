#pragma once

// Grey images side by side in one texture, drawn as a whole or tile by tile with their texture
// coordinates. GUI thread.

#include <cstdint>
#include <span>

#include "app/gl/handles.h"

namespace elbow::gl {

class TileTexture {
  public:
    struct TexRect {
        float u0, v0, u1, v1;
    };

    // images [count, height * width]; tiles fill rows of `columns`. Uploads at once; keeps the
    // texture where the size is the same. Grey shows as grey, magnified without smoothing.
    void update(std::span<const std::uint8_t> images, int count, int height, int width,
                int columns);

    bool empty() const { return count_ == 0; }
    int count() const { return count_; }
    int columns() const { return columns_; }
    int rows() const { return columns_ == 0 ? 0 : (count_ + columns_ - 1) / columns_; }
    int tile_width() const { return width_; }
    int tile_height() const { return height_; }
    TexRect tile(int index) const;
    GLuint id() const { return texture_.get(); }

  private:
    Texture texture_;
    int count_ = 0, columns_ = 0, height_ = 0, width_ = 0, allocated_rows_ = 0;
};

}  // namespace elbow::gl
