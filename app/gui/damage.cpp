#include "app/gui/damage.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace elbow::gui {
namespace {

constexpr int kTile = 32;              // pixels
constexpr std::size_t kMostRects = 6;  // each is a pass over what ImGui draws

inline std::uint64_t mix(std::uint64_t value) {
    value *= 0x9E3779B97F4A7C15ULL;
    return value ^ (value >> 29);
}

inline std::uint64_t join(std::uint64_t sum, std::uint64_t value) { return mix(sum ^ mix(value)); }

inline std::uint64_t bits(float a, float b) {
    return (static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(a)) << 32) |
           std::bit_cast<std::uint32_t>(b);
}

inline std::uint64_t sum_of(const ImDrawVert& vertex) {
    return join(join(bits(vertex.pos.x, vertex.pos.y), bits(vertex.uv.x, vertex.uv.y)), vertex.col);
}

inline std::size_t index_of(int row, int column, int columns) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
}

class Tiles {
  public:
    Tiles(int width, int height)
        : width_(width),
          height_(height),
          columns_((width + kTile - 1) / kTile),
          rows_((height + kTile - 1) / kTile),
          sums_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), 1) {}

    int columns() const { return columns_; }
    std::vector<std::uint64_t>& sums() { return sums_; }

    void add(std::uint64_t sum, const PixelRect& where) {
        const PixelRect area = intersection(where, {0, 0, width_, height_});
        if (area.empty()) return;
        for (int row = area.top / kTile; row <= (area.bottom - 1) / kTile; ++row) {
            for (int column = area.left / kTile; column <= (area.right - 1) / kTile; ++column) {
                std::uint64_t& tile = sums_[index_of(row, column, columns_)];
                tile = join(tile, sum);
            }
        }
    }

  private:
    int width_, height_, columns_, rows_;
    std::vector<std::uint64_t> sums_;
};

inline int pixel(float value) {
    return static_cast<int>(std::clamp(value, -1e6f, 1e6f));  // towards zero
}

// For every triangle of a frame: floor() and ceil() would not be inlined.
inline int pixel_below(float value) {
    const int whole = pixel(value);
    return whole - (static_cast<float>(whole) > value ? 1 : 0);
}
inline int pixel_above(float value) {
    const int whole = pixel(value);
    return whole + (static_cast<float>(whole) < value ? 1 : 0);
}

// From ImGui's units to pixels, grown to whole ones.
struct ToPixels {
    ImVec2 origin, scale;
    PixelRect operator()(float left, float top, float right, float bottom) const {
        return {pixel_below((left - origin.x) * scale.x), pixel_below((top - origin.y) * scale.y),
                pixel_above((right - origin.x) * scale.x),
                pixel_above((bottom - origin.y) * scale.y)};
    }
};

void add_list(const ImDrawList& list, const ToPixels& to_pixels, const Damage::Changes& changes,
              Tiles& tiles) {
    std::vector<std::uint64_t> vertices(static_cast<std::size_t>(list.VtxBuffer.Size));
    std::transform(list.VtxBuffer.begin(), list.VtxBuffer.end(), vertices.begin(), sum_of);
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const ImVec4& clip = command.ClipRect;
        const PixelRect seen = to_pixels(clip.x, clip.y, clip.z, clip.w);
        const ImTextureID texture = command.GetTexID();
        std::uint64_t common = join(bits(clip.x, clip.y), bits(clip.z, clip.w));
        common = join(join(common, (std::uint64_t)(std::intptr_t)texture), changes(texture));
        for (unsigned i = 0; i + 3 <= command.ElemCount; i += 3) {
            std::uint64_t sum = common;
            ImVec2 low(1e9f, 1e9f), high(-1e9f, -1e9f);
            for (unsigned corner = 0; corner < 3; ++corner) {
                const unsigned vertex =
                    command.VtxOffset +
                    list.IdxBuffer[static_cast<int>(command.IdxOffset + i + corner)];
                const ImVec2& at = list.VtxBuffer[static_cast<int>(vertex)].pos;
                sum = join(sum, vertices[vertex]);
                low = {std::min(low.x, at.x), std::min(low.y, at.y)};
                high = {std::max(high.x, at.x), std::max(high.y, at.y)};
            }
            tiles.add(sum, intersection(to_pixels(low.x, low.y, high.x, high.y), seen));
        }
    }
}

PixelRect united(const PixelRect& a, const PixelRect& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
            std::max(a.bottom, b.bottom)};
}

std::int64_t pixels(const PixelRect& rect) {
    return static_cast<std::int64_t>(rect.right - rect.left) * (rect.bottom - rect.top);
}

// Runs of tiles that differ, those of equal ends below one another as one.
std::vector<PixelRect> runs(const std::vector<std::uint64_t>& before,
                            const std::vector<std::uint64_t>& now, int columns) {
    std::vector<PixelRect> found;
    const int rows = static_cast<int>(now.size()) / std::max(columns, 1);
    const auto differs = [&](int row, int column) {
        const std::size_t tile = index_of(row, column, columns);
        return before[tile] != now[tile];
    };
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            if (!differs(row, column)) continue;
            PixelRect run{column * kTile, row * kTile, 0, (row + 1) * kTile};
            while (column < columns && differs(row, column)) ++column;
            run.right = column * kTile;
            const auto above = std::find_if(found.begin(), found.end(), [&](const PixelRect& r) {
                return r.bottom == run.top && r.left == run.left && r.right == run.right;
            });
            if (above == found.end()) {
                found.push_back(run);
            } else {
                above->bottom = run.bottom;
            }
        }
    }
    return found;
}

// Until they are few: those two as one that cover the least besides.
void unite(std::vector<PixelRect>& rects) {
    while (rects.size() > kMostRects) {
        std::size_t first = 0, second = 1;
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        for (std::size_t i = 0; i < rects.size(); ++i) {
            for (std::size_t j = i + 1; j < rects.size(); ++j) {
                const std::int64_t besides =
                    pixels(united(rects[i], rects[j])) - pixels(rects[i]) - pixels(rects[j]);
                if (besides >= least) continue;
                least = besides;
                first = i;
                second = j;
            }
        }
        rects[first] = united(rects[first], rects[second]);
        rects.erase(rects.begin() + static_cast<std::ptrdiff_t>(second));
    }
}

}  // namespace

PixelRect intersection(const PixelRect& a, const PixelRect& b) {
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
            std::min(a.bottom, b.bottom)};
}

std::vector<PixelRect> Damage::since_last(const ImDrawData& data, std::span<const Ground> grounds,
                                          const Changes& changes) {
    const int width = pixel(std::round(data.DisplaySize.x * data.FramebufferScale.x));
    const int height = pixel(std::round(data.DisplaySize.y * data.FramebufferScale.y));
    const PixelRect all{0, 0, width, height};
    Tiles tiles(width, height);
    tiles.add(join(static_cast<std::uint64_t>(width), static_cast<std::uint64_t>(height)), all);
    for (const Ground& ground : grounds) {
        const PixelRect& area = ground.area;
        const std::uint64_t corners =
            join(bits(static_cast<float>(area.left), static_cast<float>(area.top)),
                 bits(static_cast<float>(area.right), static_cast<float>(area.bottom)));
        tiles.add(join(corners, ground.colour), area);
    }
    for (int i = 0; i < data.CmdListsCount; ++i) {
        add_list(*data.CmdLists[i], {data.DisplayPos, data.FramebufferScale}, changes, tiles);
    }
    const bool known = sums_.size() == tiles.sums().size() && columns_ == tiles.columns();
    sums_.swap(tiles.sums());
    columns_ = tiles.columns();
    if (!known) return {all};
    std::vector<PixelRect> rects = runs(tiles.sums(), sums_, columns_);
    unite(rects);
    for (PixelRect& rect : rects) rect = intersection(rect, all);
    return rects;
}

}  // namespace elbow::gui
