#include <algorithm>
#include <cmath>

#include "app/gui/map_painter.h"
#include "app/gui/panels/map_canvas.h"

namespace elbow::gui {
namespace {

using figures::Rgb;

double smooth_step(double from, double to, double value) {
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

// A tile of the manifold: each of its pixels as a square where it is magnified, their mean where it
// is not.
class Tiles {
  public:
    Tiles(const MapContents& contents, double cell_px)
        : contents_(contents),
          taps_(std::clamp(static_cast<int>(std::ceil(
                               std::max(contents.tile_height, contents.tile_width) / cell_px)),
                           1, 8)) {}

    // Negative where there is none.
    double grey(PlanePoint place) const {
        const explore::ManifoldRequest& grid = contents_.tiles;
        const double across =
            (place.x - grid.x_min) / (static_cast<double>(grid.x_max) - grid.x_min) * grid.columns;
        const double down =
            (grid.y_max - place.y) / (static_cast<double>(grid.y_max) - grid.y_min) * grid.rows;
        if (across < 0.0 || down < 0.0 || across >= grid.columns || down >= grid.rows) return -1.0;
        const int column = static_cast<int>(across), row = static_cast<int>(down);
        const int tile = row * grid.columns + column;
        double sum = 0.0;
        for (int i = 0; i < taps_; ++i) {
            for (int j = 0; j < taps_; ++j)
                sum += pixel(tile, down - row, across - column, offset(i), offset(j));
        }
        return sum / (taps_ * taps_);
    }

  private:
    // Of a tap from the place, in pixels of the image.
    double offset(int tap) const { return taps_ == 1 ? 0.0 : tap - 0.5 * (taps_ - 1); }
    double pixel(int tile, double down, double across, double dy, double dx) const {
        const int height = contents_.tile_height, width = contents_.tile_width;
        const int y = std::clamp(static_cast<int>(std::floor(down * height + dy)), 0, height - 1);
        const int x = std::clamp(static_cast<int>(std::floor(across * width + dx)), 0, width - 1);
        return contents_.tile_images[(static_cast<std::size_t>(tile) * height + y) * width + x];
    }
    const MapContents& contents_;
    int taps_;
};

// As points.frag draws it.
void paint_point(MapPaint& paint, ImVec2 at, const gl::PointStyle& style, const Ink& colour) {
    const double radius = 0.5 * style.size_px, outer = radius + style.rim_px;
    const Ink rim{{static_cast<std::uint8_t>(std::lround(255 * style.rim.r)),
                   static_cast<std::uint8_t>(std::lround(255 * style.rim.g)),
                   static_cast<std::uint8_t>(std::lround(255 * style.rim.b))},
                  style.rim.a};
    const int reach = static_cast<int>(std::ceil(outer + 1.0));
    const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
    for (int row = y - reach; row <= y + reach; ++row) {
        for (int column = x - reach; column <= x + reach; ++column) {
            const double away = std::hypot(column + 0.5 - at.x, row + 0.5 - at.y);
            const double cover = 1.0 - smooth_step(outer - 0.5, outer + 0.5, away);
            if (cover <= 0.0) continue;
            const double around =
                style.rim_px > 0.0f ? smooth_step(radius - 0.5, radius + 0.5, away) : 0.0;
            const double edge = style.rim_px > 0.0f ? 0.0
                                                    : smooth_step(radius - 1.2, radius, away) *
                                                          smooth_step(2.5, 5.0, style.size_px);
            Rgb mixed;
            for (std::size_t i = 0; i < mixed.size(); ++i) {
                const double own = colour.rgb[i] * (1.0 - 0.45 * edge);
                mixed[i] =
                    static_cast<std::uint8_t>(std::lround(own + around * (rim.rgb[i] - own)));
            }
            const double alpha = colour.alpha * (1.0 + around * (rim.alpha - 1.0));
            paint.raster.blend(column, row, mixed, alpha * cover);
        }
    }
}

}  // namespace

Ink ink(ImU32 colour, double alpha) {
    const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
    const auto byte = [](float value) {
        return static_cast<std::uint8_t>(std::lround(255.0f * value));
    };
    return {{byte(c.x), byte(c.y), byte(c.z)}, alpha * c.w};
}

// As density.frag draws it.
void paint_density(MapPaint& paint) {
    const Ink colour = ink(paint.map.theme.accent, 0.5), ring = ink(paint.map.theme.text, 0.7);
    const double units = paint.scale / paint.view.pixels_per_unit();  // of a design pixel
    for_each_pixel(paint.view, [&](int x, int y, PlanePoint place) {
        const double radius = std::hypot(place.x, place.y);
        paint.raster.blend(x, y, colour.rgb, colour.alpha * std::exp(-0.25 * radius * radius));
        double line = 0.0;
        for (int sigma = 1; sigma <= 3; ++sigma) {
            const double away = std::abs(radius - sigma) / units;
            line = std::max(line, (1.0 - smooth_step(0.4, 1.4, away)) * (1.0 - 0.22 * (sigma - 1)));
        }
        if (line > 0.0) paint.raster.blend(x, y, ring.rgb, ring.alpha * line);
    });
}

void paint_tiles(MapPaint& paint) {
    const MapContents& contents = paint.contents;
    const explore::ManifoldRequest& grid = contents.tiles;
    const std::size_t pixels = static_cast<std::size_t>(grid.columns) * grid.rows *
                               contents.tile_height * contents.tile_width;
    if (pixels == 0 || contents.tile_images.size() != pixels) return;
    const double cell_px = (static_cast<double>(grid.x_max) - grid.x_min) / grid.columns *
                           paint.view.pixels_per_unit();
    const Tiles tiles(contents, cell_px);
    const double alpha = manifold_strength(paint.map.theme);
    for_each_pixel(paint.view, [&](int x, int y, PlanePoint place) {
        const double grey = tiles.grey(place);
        if (grey < 0.0) return;
        const auto byte = static_cast<std::uint8_t>(std::lround(grey));
        paint.raster.blend(x, y, {byte, byte, byte}, alpha);
    });
}

void paint_points(MapPaint& paint) {
    const PlacedPoints& points = paint.points;
    const bool labelled = !points.labels.empty();
    const gl::PointStyle style = point_style(
        paint.map.theme, labelled, paint.map.backdrop == Backdrop::kManifold,
        paint.map.point_size * static_cast<float>(paint.scale), static_cast<float>(paint.scale));
    const double strength = style.colours.front().a;
    const float reach = style.size_px + style.rim_px + 2.0f;
    const ImVec2 low = paint.view.min_px(), high = paint.view.max_px();
    for (int i = 0; i < points.count(); ++i) {
        if (labelled && is_hidden(paint.map.exploration.hidden_labels, points.label(i))) continue;
        const ImVec2 at = paint.view.to_pixel(points.at(i));
        // A code that is not finite is nowhere.
        const bool near = at.x > low.x - reach && at.x < high.x + reach && at.y > low.y - reach &&
                          at.y < high.y + reach;
        if (!near) continue;
        const ImU32 colour =
            labelled ? paint.map.theme.label(points.label(i)) : paint.map.theme.unlabelled;
        paint_point(paint, at, style, ink(colour, strength));
    }
}

}  // namespace elbow::gui
