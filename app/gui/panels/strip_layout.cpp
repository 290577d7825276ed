#include "app/gui/panels/strip_layout.h"

#include <algorithm>
#include <cmath>

#include "app/gui/panels/sheet_layout.h"

namespace elbow::gui {
namespace {

constexpr float kWorthAnotherRow = 1.3f;  // times larger

float gap_px(int columns, float scale) { return (columns > 24 ? 1.0f : 3.0f) * scale; }

struct Room {
    float ratio;  // height over width of an image
    ImVec2 space;
    float marker, scale;

    // The width of the frames in so many columns.
    float tile_width(int frames, int columns) const {
        const int rows = (frames + columns - 1) / columns;
        const float gap = gap_px(columns, scale);
        const float across =
            (space.x - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
        const float down = (space.y / static_cast<float>(rows) - marker) / ratio;
        return std::floor(std::max(4.0f, std::min(across, down)));
    }
};

}  // namespace

ImVec2 StripLayout::corner(int frame) const {
    const int down = frame / columns;
    const auto column = static_cast<float>(frame % columns), row = static_cast<float>(down);
    return {std::round(at.x + column * step.x), std::round(at.y + row * step.y)};
}

int StripLayout::frame_at(ImVec2 place) const {
    for (int frame = 0; frame < frames; ++frame) {
        const ImVec2 low = corner(frame);
        if (place.x >= low.x && place.x < low.x + tile.x && place.y >= low.y &&
            place.y < low.y + tile.y)
            return frame;
    }
    return -1;
}

double StripLayout::t_at(ImVec2 place) const {
    const int rows = (frames + columns - 1) / columns;
    const auto down = static_cast<int>(std::floor((place.y - at.y) / step.y));
    const int first = std::clamp(down, 0, rows - 1) * columns;
    const int last = std::min(first + columns, frames) - 1;
    const double across = (place.x - corner(first).x - 0.5 * tile.x) / step.x;
    return (first + std::clamp(across, 0.0, static_cast<double>(last - first))) /
           std::max(frames - 1, 1);
}

ImVec2 StripLayout::marker(double t) const {
    const double along = std::clamp(t, 0.0, 1.0) * (frames - 1);
    const int before = std::min(static_cast<int>(along), frames - 1);
    const int after = std::min(before + 1, frames - 1);
    const bool same_row = before / columns == after / columns;
    const auto part = static_cast<float>(along - before);
    // From the end of a row to the beginning of the next it jumps half-way.
    ImVec2 corner_at = same_row || part < 0.5f ? corner(before) : corner(after);
    if (same_row) corner_at.x += part * (corner(after).x - corner(before).x);
    return {corner_at.x + 0.5f * tile.x, corner_at.y + tile.y};
}

StripLayout strip_layout(int frames, int height, int width, ImVec2 at, ImVec2 space,
                         float marker_px, float scale) {
    const ImVec2 shape = shown_shape(height, width);
    const Room room{shape.y / shape.x, space, marker_px, scale};
    int columns = frames;
    for (int fewer = frames - 1; fewer >= 1; --fewer) {
        if ((frames + fewer - 1) / fewer == (frames + fewer) / (fewer + 1))
            continue;  // as many rows
        if (room.tile_width(frames, fewer) > kWorthAnotherRow * room.tile_width(frames, columns))
            columns = fewer;
    }
    const int rows = (frames + columns - 1) / columns;
    columns = (frames + rows - 1) / rows;  // rows of about one length
    StripLayout layout;
    layout.frames = frames;
    layout.columns = columns;
    const float tile = room.tile_width(frames, columns);
    layout.tile = {tile, std::floor(tile * room.ratio)};
    layout.step = {(space.x - tile) / static_cast<float>(std::max(columns - 1, 1)),
                   layout.tile.y + marker_px};
    layout.at = at;
    if (rows > 1) {  // side by side in the middle
        layout.step.x = std::min(layout.step.x, tile + 4 * gap_px(columns, scale));
        layout.at.x +=
            std::floor(0.5f * (space.x - tile - layout.step.x * static_cast<float>(columns - 1)));
    }
    const float used = layout.step.y * static_cast<float>(rows);
    layout.at.y += std::floor(0.5f * std::max(0.0f, space.y - used));
    return layout;
}

}  // namespace elbow::gui
