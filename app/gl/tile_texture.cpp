#include "app/gl/tile_texture.h"

#include <algorithm>
#include <vector>

#include "app/gl/texture_changes.h"
#include "engine/io/image_sheet.h"

namespace elbow::gl {
namespace {

// [count, C, H, W] -> [rows * H, columns * W, C], what is left of the last row black.
std::vector<std::uint8_t> put_side_by_side(std::span<const std::uint8_t> images, int count,
                                           const data::ImageShape& shape, int columns, int rows) {
    const std::size_t line = static_cast<std::size_t>(shape.width) * shape.channels;
    const std::size_t pitch = static_cast<std::size_t>(columns) * line;
    std::vector<std::uint8_t> atlas(pitch * shape.height * rows, 0);
    for (int i = 0; i < count; ++i) {
        const std::uint8_t* image = images.data() + static_cast<std::size_t>(i) * shape.size();
        const std::size_t top = static_cast<std::size_t>(i / columns) * shape.height;
        for (int y = 0; y < shape.height; ++y)
            io::write_line(image, shape, y, 1, &atlas[(top + y) * pitch + i % columns * line]);
    }
    return atlas;
}

GLenum format_of(int channels) { return channels == 1 ? GL_RED : GL_RGB; }

void set_up(int width_px, int height_px, int channels) {
    glTexImage2D(GL_TEXTURE_2D, 0, channels == 1 ? GL_R8 : GL_RGB8, width_px, height_px, 0,
                 format_of(channels), GL_UNSIGNED_BYTE, nullptr);
    const GLint grey[4] = {GL_RED, GL_RED, GL_RED, GL_ONE};
    const GLint colour[4] = {GL_RED, GL_GREEN, GL_BLUE, GL_ONE};
    glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, channels == 1 ? grey : colour);
    // Pixels stay squares when they are large; when several fall on one of the screen they are
    // averaged. No mipmaps: those would mix neighbouring tiles.
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
}

int largest_side() {
    GLint largest = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
    return std::max(1, static_cast<int>(largest));
}

int divided_up(int value, int by) { return value / by + (value % by == 0 ? 0 : 1); }

// The least number of pixels to average so that `count` of the shrunk sides fit.
int shrink_for(int side, int count, int largest) {
    const int room = std::max(1, largest / count);
    return divided_up(side, room);
}

// Of the pixels of one plane [H, W] that fall into the pixel of a tile whose corner is theirs.
std::uint8_t mean_of(std::span<const std::uint8_t> plane, const data::ImageShape& shape, int top,
                     int left, const TileGrid& grid) {
    const int bottom = std::min(shape.height, top + grid.shrink_y);
    const int right = std::min(shape.width, left + grid.shrink_x);
    std::uint64_t sum = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x)
            sum += plane[static_cast<std::size_t>(y) * static_cast<std::size_t>(shape.width) +
                         static_cast<std::size_t>(x)];
    }
    return static_cast<std::uint8_t>(sum /
                                     static_cast<std::uint64_t>((bottom - top) * (right - left)));
}

}  // namespace

TileGrid TileGrid::of(int count, const data::ImageShape& shape, int columns, int largest) {
    TileGrid grid{};
    if (columns <= 0)
        columns = std::clamp(largest / std::max(shape.width, 1), 1, std::min(count, 32));
    grid.columns = columns;
    grid.rows = divided_up(count, columns);
    grid.shrink_x = shrink_for(shape.width, grid.columns, largest);
    grid.shrink_y = shrink_for(shape.height, grid.rows, largest);
    grid.tile_width = divided_up(shape.width, grid.shrink_x);
    grid.tile_height = divided_up(shape.height, grid.shrink_y);
    return grid;
}

std::vector<std::uint8_t> shrunk(std::span<const std::uint8_t> image, const data::ImageShape& shape,
                                 const TileGrid& grid) {
    std::vector<std::uint8_t> tile;
    tile.reserve(static_cast<std::size_t>(shape.channels) *
                 static_cast<std::size_t>(grid.tile_width) *
                 static_cast<std::size_t>(grid.tile_height));
    for (int c = 0; c < shape.channels; ++c) {
        const auto plane = image.subspan(static_cast<std::size_t>(c) * shape.height * shape.width);
        for (int top = 0; top < shape.height; top += grid.shrink_y) {
            for (int left = 0; left < shape.width; left += grid.shrink_x)
                tile.push_back(mean_of(plane, shape, top, left, grid));
        }
    }
    return tile;
}

void TileTexture::update(std::span<const std::uint8_t> images, int count,
                         const data::ImageShape& shape) {
    update_grid(images, count, shape, 0);
}

void TileTexture::update_grid(std::span<const std::uint8_t> images, int count,
                              const data::ImageShape& shape, int columns) {
    const auto dimensions = static_cast<std::size_t>(shape.size());
    if (count <= 0 || dimensions == 0 || columns < 0 ||
        images.size() < static_cast<std::size_t>(count) * dimensions) {
        count_ = 0;
        return;
    }
    const TileGrid grid = TileGrid::of(count, shape, columns, largest_side());
    const bool same = texture_ && grid == grid_ && shape.channels == channels_;
    std::vector<std::uint8_t> small;
    if (grid.shrink_x > 1 || grid.shrink_y > 1) {
        for (int i = 0; i < count; ++i) {
            const auto image = images.subspan(static_cast<std::size_t>(i) * dimensions, dimensions);
            const auto tile = shrunk(image, shape, grid);
            small.insert(small.end(), tile.begin(), tile.end());
        }
        images = small;
    }
    if (!texture_) texture_ = make_texture();
    const int width_px = grid.columns * grid.tile_width, height_px = grid.rows * grid.tile_height;
    const auto atlas =
        put_side_by_side(images, count, {shape.channels, grid.tile_height, grid.tile_width},
                         grid.columns, grid.rows);
    glBindTexture(GL_TEXTURE_2D, texture_.get());
    if (!same) set_up(width_px, height_px, shape.channels);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_px, height_px, format_of(shape.channels),
                    GL_UNSIGNED_BYTE, atlas.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, 0);
    note_change(texture_.get());
    count_ = count;
    channels_ = shape.channels;
    grid_ = grid;
}

TileTexture::TexRect TileTexture::tile(int index) const {
    if (count_ == 0) return {0, 0, 1, 1};
    const int i = std::clamp(index, 0, count_ - 1);
    const float du = 1.0f / static_cast<float>(grid_.columns);
    const float dv = 1.0f / static_cast<float>(grid_.rows);
    const int column = i % grid_.columns, row = i / grid_.columns;
    const float u = static_cast<float>(column) * du;
    const float v = static_cast<float>(row) * dv;
    return {u, v, u + du, v + dv};
}

}  // namespace elbow::gl
