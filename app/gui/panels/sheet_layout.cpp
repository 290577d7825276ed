#include "app/gui/panels/sheet_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace elbow::gui {
namespace {

constexpr float kWantedSide = 32.0f;  // design units
constexpr int kMostCells = 400;

}  // namespace

ImVec2 SheetGrid::size() const {
    const auto across = static_cast<float>(columns);
    const auto down = static_cast<float>(rows);
    return {across * image.x + (across - 1) * gap, down * pitch_y_image() + (down - 1) * gap};
}

ImVec2 SheetGrid::centred(ImVec2 corner, ImVec2 space) const {
    const ImVec2 used = size();
    return {std::floor(corner.x + std::max(0.0f, (space.x - used.x) / 2)),
            std::floor(corner.y + std::max(0.0f, (space.y - used.y) / 2))};
}

ImVec2 SheetGrid::cell(ImVec2 corner, int index) const {
    const int whole_rows = index / columns;
    const auto column = static_cast<float>(index % columns);
    const auto row = static_cast<float>(whole_rows);
    return {corner.x + column * (image.x + gap), corner.y + row * (pitch_y_image() + gap)};
}

int SheetGrid::at(ImVec2 corner, ImVec2 position) const {
    const float across = (position.x - corner.x) / (image.x + gap);
    const float down = (position.y - corner.y) / (pitch_y_image() + gap);
    const int column = static_cast<int>(std::floor(across));
    const int row = static_cast<int>(std::floor(down));
    if (column < 0 || row < 0 || column >= columns || row >= rows) return -1;
    const bool in_gap =
        (across - static_cast<float>(column)) * (image.x + gap) > image.x ||
        (down - static_cast<float>(row)) * (pitch_y_image() + gap) > pitch_y_image();
    return in_gap ? -1 : row * columns + column;
}

ImVec2 shown_shape(int height, int width) {
    const auto x = static_cast<float>(std::max(width, 1));
    const auto y = static_cast<float>(std::max(height, 1));
    return {std::max(x, y / kMostElongated), std::max(y, x / kMostElongated)};
}

ImVec2 size_within(int height, int width, ImVec2 box) {
    const ImVec2 shape = shown_shape(height, width);
    const float factor = std::max(0.0f, std::min(box.x / shape.x, box.y / shape.y));
    return {std::max(1.0f, std::round(factor * shape.x)),
            std::max(1.0f, std::round(factor * shape.y))};
}

SheetGrid sheet_grid(int height_px, int width_px, ImVec2 space, int stacked, float scale) {
    const float wanted = kWantedSide * scale;
    const ImVec2 shape = shown_shape(height_px, width_px);
    const float longest = std::max(shape.x, shape.y);
    float zoom = wanted / longest;
    const float whole = std::round(zoom);
    if (whole >= 1.0f && std::abs(whole - zoom) <= 0.3f * zoom) zoom = whole;
    SheetGrid grid;
    grid.stacked = stacked;
    grid.gap = std::max(1.0f, std::round(3.0f * scale));
    grid.image = {std::max(1.0f, std::round(zoom * shape.x)),
                  std::max(1.0f, std::round(zoom * shape.y))};
    const auto fitting = [&](float room, float size) {
        return std::max(1, static_cast<int>((room + grid.gap) / (size + grid.gap)));
    };
    grid.columns = fitting(space.x, grid.image.x);
    grid.rows = fitting(space.y, grid.pitch_y_image());
    grid.columns = std::min(grid.columns, kMostCells);
    grid.rows = std::clamp(grid.rows, 1, std::max(1, kMostCells / grid.columns));
    return grid;
}

SheetGrid enlarged_grid(int cells, int columns_of, int height_px, int width_px, ImVec2 space,
                        int stacked, float scale) {
    SheetGrid best;
    best.stacked = stacked;
    best.gap = std::max(1.0f, std::round(3.0f * scale));
    const int step = columns_of > 0 && columns_of <= cells ? columns_of : 1;
    float most = 0.0f;
    for (int columns = step; columns <= cells; columns += step) {
        const int rows = (cells + columns - 1) / columns;
        const auto zoom_along = [&](float room, int count, int pixels) {
            const auto n = static_cast<float>(count);
            return (room - (n - 1) * best.gap) / (n * static_cast<float>(std::max(pixels, 1)));
        };
        float zoom = std::min(zoom_along(space.x, columns, width_px),
                              zoom_along(space.y, rows, height_px * stacked));
        if (zoom >= 1.0f) zoom = std::floor(zoom);
        if (zoom <= most) continue;
        most = zoom;
        best.columns = columns;
        best.rows = rows;
    }
    const auto side = [&](int pixels) {
        return std::max(1.0f, std::floor(most * static_cast<float>(pixels)));
    };
    best.image = {side(width_px), side(height_px)};
    return best;
}

SheetGrid filling_grid(int cells, int height_px, int width_px, ImVec2 space, float scale) {
    const ImVec2 shape = shown_shape(height_px, width_px);
    SheetGrid best;
    best.gap = std::max(1.0f, std::round(3.0f * scale));
    float most = 0.0f;
    for (int columns = 1; columns <= cells; ++columns) {
        const int rows = (cells + columns - 1) / columns;
        const auto zoom_along = [&](float room, int count, float pixels) {
            const auto n = static_cast<float>(count);
            return (room - (n - 1) * best.gap) / (n * pixels);
        };
        const float zoom =
            std::min(zoom_along(space.x, columns, shape.x), zoom_along(space.y, rows, shape.y));
        if (zoom <= most) continue;
        most = zoom;
        best.columns = columns;
        best.rows = rows;
    }
    if (most >= 3.0f) most = std::floor(most);
    best.image = {std::max(1.0f, std::floor(most * shape.x)),
                  std::max(1.0f, std::floor(most * shape.y))};
    return best;
}

std::vector<int> images_of_each_label(const data::Dataset& dataset, int count) {
    const data::ImageSet& set = dataset.held_out;
    const auto wanted = static_cast<std::size_t>(std::clamp(count, 0, set.count));
    std::vector<int> indices;
    if (set.labels.size() != static_cast<std::size_t>(set.count) || dataset.class_names.empty()) {
        indices.resize(wanted);
        std::iota(indices.begin(), indices.end(), 0);
        return indices;
    }
    std::vector<std::vector<int>> of_label(dataset.class_names.size());
    for (int i = 0; i < set.count; ++i) {
        const std::size_t label = set.labels[static_cast<std::size_t>(i)];
        if (label < of_label.size() && of_label[label].size() < wanted)
            of_label[label].push_back(i);
    }
    for (std::size_t round = 0; indices.size() < wanted; ++round) {
        const std::size_t before = indices.size();
        for (const auto& images : of_label) {
            if (round < images.size() && indices.size() < wanted) indices.push_back(images[round]);
        }
        if (indices.size() == before) break;
    }
    return indices;
}

}  // namespace elbow::gui
