#include "app/gl/tile_texture.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "app/gl/texture_changes.h"
#include "engine/core/error.h"

namespace elbow::gl {
namespace {

// [count, height * width] -> [rows * height, columns * width], what is left of the last row black.
std::vector<std::uint8_t> put_side_by_side(std::span<const std::uint8_t> images, int count,
                                           int height, int width, int columns, int rows) {
    const auto lines = static_cast<std::size_t>(height);
    const auto line = static_cast<std::size_t>(width);
    const auto across = static_cast<std::size_t>(columns);
    const std::size_t pitch = across * line;
    std::vector<std::uint8_t> atlas(pitch * lines * static_cast<std::size_t>(rows), 0);
    const std::uint8_t* source = images.data();
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const std::size_t top = (i / across) * lines;
        const std::size_t left = (i % across) * line;
        for (std::size_t y = 0; y < lines; ++y, source += line) {
            std::memcpy(&atlas[(top + y) * pitch + left], source, line);
        }
    }
    return atlas;
}

void set_up(int width_px, int height_px) {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width_px, height_px, 0, GL_RED, GL_UNSIGNED_BYTE,
                 nullptr);
    const GLint grey[4] = {GL_RED, GL_RED, GL_RED, GL_ONE};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, grey);
    // Pixels stay squares when they are large; when several fall on one of the screen they are
    // averaged. No mipmaps: those would mix neighbouring tiles.
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

void check_fits(int width_px, int height_px) {
    GLint largest = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
    if (width_px > largest || height_px > largest) {
        throw Error("This graphics driver draws pictures of at most " + std::to_string(largest) +
                    " pixels a side, but " + std::to_string(width_px) + " x " +
                    std::to_string(height_px) + " are needed. Show fewer images at a time.");
    }
}

}  // namespace

void TileTexture::update(std::span<const std::uint8_t> images, int count, int height, int width,
                         int columns) {
    const auto expected = static_cast<std::size_t>(count) * static_cast<std::size_t>(height) *
                          static_cast<std::size_t>(width);
    if (count <= 0 || columns <= 0 || images.size() < expected) {
        count_ = 0;
        return;
    }
    const int rows = (count + columns - 1) / columns;
    const bool same = texture_ && columns == columns_ && height == height_ && width == width_ &&
                      rows == allocated_rows_;
    if (!same) check_fits(columns * width, rows * height);
    if (!texture_) texture_ = make_texture();
    const auto atlas = put_side_by_side(images, count, height, width, columns, rows);
    glBindTexture(GL_TEXTURE_2D, texture_.get());
    if (!same) set_up(columns * width, rows * height);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, columns * width, rows * height, GL_RED,
                    GL_UNSIGNED_BYTE, atlas.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, 0);
    note_change(texture_.get());
    count_ = count;
    columns_ = columns;
    height_ = height;
    width_ = width;
    allocated_rows_ = rows;
}

TileTexture::TexRect TileTexture::tile(int index) const {
    if (count_ == 0) return {0, 0, 1, 1};
    const int i = std::clamp(index, 0, count_ - 1);
    const float du = 1.0f / static_cast<float>(columns_);
    const float dv = 1.0f / static_cast<float>(allocated_rows_);
    const int column = i % columns_, row = i / columns_;
    const float u = static_cast<float>(column) * du;
    const float v = static_cast<float>(row) * dv;
    return {u, v, u + du, v + dv};
}

}  // namespace elbow::gl
