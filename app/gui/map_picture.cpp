#include "app/gui/map_picture.h"

#include <algorithm>
#include <cmath>

#include "app/gui/map_painter.h"
#include "app/gui/panels/map_view.h"

namespace elbow::gui {
namespace {

using figures::Lettering;
using figures::Raster;

// Design pixels.
constexpr double kText = 15.0;
constexpr int kLeft = 64, kTop = 26, kBottom = 50, kRight = 14;  // around the plot
constexpr double kLetterWidth = 8.5;                             // of a wide one
constexpr int kLegendMark = 30, kMostLegend = 180;

int legend_width(const MapPicture& map) {
    std::size_t longest = 0;
    for (const std::string& name : map.legend) longest = std::max(longest, name.size());
    if (longest == 0) return 0;
    return std::min(
        kMostLegend,
        kLegendMark + static_cast<int>(std::ceil(kLetterWidth * static_cast<double>(longest))));
}

}  // namespace

io::SheetSize map_picture_size(const MapPicture& map) {
    return io::sheet_size(1, kTop + map.height + kBottom,
                          kLeft + map.width + kRight + legend_width(map), 1, map.scale);
}

explore::ManifoldRequest map_tiles(const MapPicture& map) {
    const PlaneView view(map.exploration.rect, {0, 0},
                         {static_cast<float>(map.width), static_cast<float>(map.height)});
    explore::ManifoldRequest tiles = aligned_grid(view, kSmallestCellPx, kMostManifoldCells);
    tiles.x_axis = map.exploration.x_axis;
    tiles.y_axis =
        map.exploration.anchor.size() < 2 ? map.exploration.x_axis : map.exploration.y_axis;
    tiles.anchor = map.exploration.anchor;
    return tiles;
}

RgbPicture map_picture(const MapPicture& map, const MapContents& contents) {
    const io::SheetSize size = map_picture_size(map);
    const double scale = map.scale;
    Raster raster(size.width, size.height, ink(map.theme.panel).rgb);
    const Lettering letters(kText * scale);
    const auto design = [&](int px) { return static_cast<float>(px * map.scale); };
    const PlaneView view(map.exploration.rect, {design(kLeft), design(kTop)},
                         {design(map.width), design(map.height)});
    MapPaint paint{raster, letters, map, contents, view, {}, scale};
    if (contents.codes != nullptr) {
        paint.points = place_points(*contents.codes, contents.labels, map.classes,
                                    map.exploration.x_axis, map.exploration.y_axis);
    }
    const ImVec2 low = view.min_px(), high = view.max_px();
    raster.fill(low.x, low.y, high.x, high.y, ink(map.theme.map_background).rgb);
    raster.clip(low.x, low.y, high.x, high.y);
    const bool one_latent = map.exploration.anchor.size() < 2;
    if (map.backdrop == Backdrop::kDensity && map.prior && !one_latent) paint_density(paint);
    if (map.backdrop == Backdrop::kManifold) paint_tiles(paint);
    if (map.points_shown) paint_points(paint);
    raster.clip_nothing();
    paint_axes(paint);
    raster.clip(low.x, low.y, high.x, high.y);
    if (map.backdrop == Backdrop::kDensity && map.prior && one_latent) paint_prior_curve(paint);
    paint_selected(paint);
    if (map.exploration.path_shown) {
        paint_path(paint);
        paint_handles(paint);
    }
    paint_dot(paint);
    raster.clip_nothing();
    paint_legend(paint);
    return {size.width, size.height, raster.pixels()};
}

}  // namespace elbow::gui
