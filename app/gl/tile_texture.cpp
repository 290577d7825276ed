#include "app/gl/tile_texture.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "app/gl/texture_changes.h"

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

}  // namespace

TileGrid TileGrid::of(int count, int height, int width, int columns, int largest) {
    TileGrid grid{};
    if (columns <= 0) columns = std::clamp(largest / std::max(width, 1), 1, std::min(count, 32));
    grid.columns = columns;
    grid.rows = divided_up(count, columns);
    grid.shrink_x = shrink_for(width, grid.columns, largest);
    grid.shrink_y = shrink_for(height, grid.rows, largest);
    grid.tile_width = divided_up(width, grid.shrink_x);
    grid.tile_height = divided_up(height, grid.shrink_y);
    return grid;
}

std::vector<std::uint8_t> shrunk(std::span<const std::uint8_t> image, int height, int width,
                                 const TileGrid& grid) {
    std::vector<std::uint8_t> tile;
    tile.reserve(static_cast<std::size_t>(grid.tile_width) *
                 static_cast<std::size_t>(grid.tile_height));
    for (int top = 0; top < height; top += grid.shrink_y) {
        for (int left = 0; left < width; left += grid.shrink_x) {
            const int bottom = std::min(height, top + grid.shrink_y);
            const int right = std::min(width, left + grid.shrink_x);
            std::uint64_t sum = 0;
            for (int y = top; y < bottom; ++y) {
                for (int x = left; x < right; ++x) {
                    sum += image[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                 static_cast<std::size_t>(x)];
                }
            }
            const auto pixels =
                static_cast<std::uint64_t>(bottom - top) * static_cast<std::uint64_t>(right - left);
            tile.push_back(static_cast<std::uint8_t>(sum / pixels));
        }
    }
    return tile;
}

void TileTexture::update(std::span<const std::uint8_t> images, int count, int height, int width) {
    update_grid(images, count, height, width, 0);
}

void TileTexture::update_grid(std::span<const std::uint8_t> images, int count, int height,
                              int width, int columns) {
    const auto dimensions = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
    if (count <= 0 || dimensions == 0 || columns < 0 ||
        images.size() < static_cast<std::size_t>(count) * dimensions) {
        count_ = 0;
        return;
    }
    const TileGrid grid = TileGrid::of(count, height, width, columns, largest_side());
    const bool same = texture_ && grid == grid_;
    std::vector<std::uint8_t> small;
    if (grid.shrink_x > 1 || grid.shrink_y > 1) {
        for (int i = 0; i < count; ++i) {
            const auto image = images.subspan(static_cast<std::size_t>(i) * dimensions, dimensions);
            const auto tile = shrunk(image, height, width, grid);
            small.insert(small.end(), tile.begin(), tile.end());
        }
        images = small;
    }
    if (!texture_) texture_ = make_texture();
    const int width_px = grid.columns * grid.tile_width, height_px = grid.rows * grid.tile_height;
    const auto atlas =
        put_side_by_side(images, count, grid.tile_height, grid.tile_width, grid.columns, grid.rows);
    glBindTexture(GL_TEXTURE_2D, texture_.get());
    if (!same) set_up(width_px, height_px);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width_px, height_px, GL_RED, GL_UNSIGNED_BYTE,
                    atlas.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glBindTexture(GL_TEXTURE_2D, 0);
    note_change(texture_.get());
    count_ = count;
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
